package dev.atelier.runtime.perception;

import java.util.function.Supplier;

/** The three models together, as every stage that looks at pictures needs them. */
public record Perception(FaceDetector detector, FaceEmbedder embedder, NudityScore nudity)
    implements AutoCloseable {

  /** The models that ship with the runtime. */
  public static Perception shipped(MtcnnSettings settings, int threads) {
    return open(
        () -> MtcnnDetector.shipped(settings, threads),
        () -> DlibEmbedder.shipped(threads),
        () -> OpenNsfw.shipped(threads));
  }

  /** Opens each; where one fails, those before it are closed. */
  public static Perception open(
      Supplier<? extends FaceDetector> detector,
      Supplier<? extends FaceEmbedder> embedder,
      Supplier<? extends NudityScore> nudity) {
    try (var models = new OpenModels()) {
      return models.kept(
          new Perception(
              models.add(detector.get()), models.add(embedder.get()), models.add(nudity.get())));
    }
  }

  @Override
  public void close() {
    try (var models = new OpenModels()) {
      models.add(nudity);
      models.add(embedder);
      models.add(detector);
    }
  }
}
