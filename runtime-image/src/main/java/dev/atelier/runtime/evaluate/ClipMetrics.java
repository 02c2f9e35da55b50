package dev.atelier.runtime.evaluate;

/** What CLIP tells of pictures, their prompts and the references. */
final class ClipMetrics {
  private final PictureSet set;
  private final Lazy<Features> pictures;
  private final Lazy<Features> texts;
  private final Lazy<Features> references;

  ClipMetrics(ClipReader reader, PictureSet set) {
    this.set = set;
    this.pictures = new Lazy<>(() -> reader.pictures(set.pictures()));
    this.texts = new Lazy<>(() -> reader.texts(set.texts()));
    this.references = new Lazy<>(() -> reader.pictures(set.references()));
  }

  Reading read(String name) {
    if (set.drawn().isEmpty()) {
      return new Reading.NotMeasured(name, "there are no pictures");
    }
    if (name.equals("ClipText")) {
      return text(name);
    }
    if (set.references().isEmpty()) {
      return new Reading.NotMeasured(name, "there are no photos to compare with");
    }
    return name.equals("ClipImage") ? image(name) : discrepancy(name);
  }

  private Reading text(String name) {
    double[] cosines = CosineSimilarity.perPair(pictures.get(), texts.get());
    return Readings.ofMean(
        name,
        cosines,
        "mean cosine of each picture's and its prompt's CLIP embedding (CLIP-T; 100 times this is the CLIP score of torchmetrics), %d pictures"
            .formatted(cosines.length),
        pictures.get().model());
  }

  private Reading image(String name) {
    double[] means = CosineSimilarity.toAll(pictures.get(), references.get());
    return Readings.ofMean(
        name,
        means,
        "mean cosine over all pairs of picture and photo in CLIP's space (CLIP-I), %d pictures, %d photos"
            .formatted(means.length, references.get().count()),
        pictures.get().model());
  }

  private Reading discrepancy(String name) {
    return Readings.ofSets(
        name,
        ClipDiscrepancy.of(pictures.get(), references.get()),
        "CMMD (Jayasumana et al. 2024), deviation 10, times 1000, %d pictures, %d photos"
            .formatted(pictures.get().count(), references.get().count()),
        pictures.get().model());
  }
}
