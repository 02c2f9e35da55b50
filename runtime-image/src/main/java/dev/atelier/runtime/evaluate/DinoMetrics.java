package dev.atelier.runtime.evaluate;

/** What DINO tells of pictures and photos. */
final class DinoMetrics {
  private final DinoReader reader;
  private final PictureSet set;

  DinoMetrics(DinoReader reader, PictureSet set) {
    this.reader = reader;
    this.set = set;
  }

  Reading read(String name) {
    if (set.drawn().isEmpty() || set.references().isEmpty()) {
      return new Reading.NotMeasured(name, "there are no pictures or no photos to compare with");
    }
    var pictures = reader.pictures(set.pictures());
    var photos = reader.pictures(set.references());
    return Readings.ofMean(
        name,
        CosineSimilarity.toAll(pictures, photos),
        "mean cosine over all pairs of picture and photo of DINO class tokens, %d pictures, %d photos"
            .formatted(pictures.count(), photos.count()),
        pictures.model());
  }
}
