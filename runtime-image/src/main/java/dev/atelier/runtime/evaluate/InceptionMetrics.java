package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.model.vision.FidProtocol;
import dev.atelier.runtime.tensor.Torch;

/** What the FID network tells of a set of pictures beside a set of real ones. */
final class InceptionMetrics {
  private final Torch torch;
  private final InceptionReader reader;
  private final PictureSet set;
  private final Lazy<InceptionReader.Seen> pictures;
  private final Lazy<InceptionReader.Seen> references;

  InceptionMetrics(Torch torch, InceptionReader reader, PictureSet set) {
    this.torch = torch;
    this.reader = reader;
    this.set = set;
    this.pictures = new Lazy<>(() -> reader.pictures(set.pictures()));
    this.references = new Lazy<>(() -> reader.pictures(set.references()));
  }

  Reading read(String name) {
    return switch (name) {
      case "FrechetInception" ->
          enough(2)
              ? frechet(name, pictures.get().pooled(), references.get().pooled())
              : tooFew(name, 2);
      case "FrechetInceptionClean" -> enough(2) ? clean(name) : tooFew(name, 2);
      case "KernelInception" ->
          enough(2)
              ? KernelReading.STANDARD.read(
                  name, pictures.get().pooled(), references.get().pooled())
              : tooFew(name, 2);
      case "InceptionScore" -> score(name);
      default ->
          enough(PrecisionRecall.DENSITY_NEIGHBOURS + 1)
              ? manifold(name)
              : tooFew(name, PrecisionRecall.DENSITY_NEIGHBOURS + 1);
    };
  }

  private boolean enough(int count) {
    return Math.min(set.drawn().size(), set.references().size()) >= count;
  }

  private static Reading tooFew(String name, int count) {
    return new Reading.NotMeasured(
        name, "at least %d pictures and as many photos are needed".formatted(count));
  }

  /** Nothing else is read this way, so its features are not kept. */
  private Reading clean(String name) {
    return frechet(
        name,
        reader.pictures(set.pictures(), FidProtocol.CLEAN_FID).pooled(),
        reader.pictures(set.references(), FidProtocol.CLEAN_FID).pooled());
  }

  private Reading frechet(String name, Features made, Features real) {
    var warning =
        FrechetDistance.warning("pictures", made, real)
            .map(w -> "; " + w + "; KernelInception suits small sets")
            .orElse("");
    return Readings.ofSets(
        name,
        FrechetDistance.of(torch, made, real),
        "Frechet distance of 2048 pooled features (FID)" + warning,
        made.model());
  }

  private Reading score(String name) {
    if (set.drawn().size() < InceptionScore.SPLITS) {
      return new Reading.NotMeasured(
          name, "at least %d pictures are needed".formatted(InceptionScore.SPLITS));
    }
    var logits = pictures.get().logits();
    var score = InceptionScore.of(logits, InceptionScore.SPLITS);
    return Readings.ofSets(
        name,
        score.mean(),
        "Inception Score, %d splits by order, deviation between them %.3f, %d pictures"
            .formatted(InceptionScore.SPLITS, score.deviation(), logits.count()),
        logits.model());
  }

  private Reading manifold(String name) {
    var made = pictures.get().pooled();
    var measured = PrecisionRecall.of(references.get().pooled(), made);
    double value =
        switch (name) {
          case "Precision" -> measured.precision();
          case "Recall" -> measured.recall();
          case "Density" -> measured.density();
          default -> measured.coverage();
        };
    return Readings.ofSets(
        name,
        value,
        "%d nearest neighbours (density and coverage %d), %d pictures, %d photos"
            .formatted(
                PrecisionRecall.NEIGHBOURS,
                PrecisionRecall.DENSITY_NEIGHBOURS,
                made.count(),
                references.get().pooled().count()),
        made.model());
  }
}
