package dev.atelier.operator.runtime;

import dev.atelier.api.Reason;
import dev.atelier.api.RuntimeSpec;

/**
 * Whether a DiffusionRuntime can be used.
 *
 * @param usable what Ready says
 * @param reason and message: why, and what to write instead
 */
record RuntimeDecision(boolean usable, Reason reason, String message) {

  /**
   * Decides from the spec alone; whether its claims and buckets exist only a pod in the namespace
   * of a user of it can tell.
   *
   * @param standardImage of runtimes that name none; may be empty
   */
  static RuntimeDecision of(RuntimeSpec spec, String standardImage) {
    if (spec.image() == null && standardImage.isEmpty()) {
      return no(
          Reason.InvalidSpec,
          "spec.image is empty and the operator was installed without a standard image; name the runtime image");
    }
    if (spec.gpu().count() > 1) {
      return no(
          Reason.NotSupported,
          "this release uses one GPU for a pod, not %d; write spec.gpu.count: 1"
              .formatted(spec.gpu().count()));
    }
    var embedding = spec.perception().faceEmbedding();
    if (embedding.samePersonLine().isEmpty()) {
      return no(
          Reason.InvalidSpec,
          "spec.perception.faceEmbedding.model is '%s', and the distance up to which its embeddings show one person is not known; set samePersonMaxDistance beside it"
              .formatted(embedding.model()));
    }
    return new RuntimeDecision(
        true,
        Reason.Available,
        "%s on %s in %s"
            .formatted(
                spec.model().family(),
                spec.gpu().count() == 0 ? "the CPU" : spec.gpu().resourceName(),
                spec.precision()));
  }

  private static RuntimeDecision no(Reason reason, String message) {
    return new RuntimeDecision(false, reason, message);
  }
}
