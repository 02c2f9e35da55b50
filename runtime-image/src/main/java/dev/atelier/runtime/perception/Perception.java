package dev.atelier.runtime.perception;

/** The three models together, as every stage that looks at pictures needs them. */
public record Perception(FaceDetector detector, FaceEmbedder embedder, NudityScore nudity)
    implements AutoCloseable {

  /** The models that ship with the runtime. */
  public static Perception shipped(MtcnnSettings settings, int threads) {
    return new Perception(
        MtcnnDetector.shipped(settings, threads),
        DlibEmbedder.shipped(threads),
        OpenNsfw.shipped(threads));
  }

  @Override
  public void close() {
    close(detector);
    close(embedder);
    close(nudity);
  }

  private static void close(Object model) {
    if (model instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new PerceptionException(
            "a perception model could not be closed: " + e.getMessage(), e);
      }
    }
  }
}
