package dev.atelier.operator.video;

import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorSpec;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.run.RunWorld;
import dev.atelier.operator.testing.Resources;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Artifact;
import dev.atelier.stage.TerminationMessage.Result;
import java.util.List;
import java.util.Optional;

/** One VideoGenerator, what its user does to it, and what its pods say. */
final class VideoWorld extends RunWorld<VideoGenerator, VideoGeneratorStatus> {

  private static final String FOLDER = "studio/VideoGenerator/clips-7c8d9e0f/r1";

  VideoWorld(VideoGenerator video) {
    super(new VideoKind(), video);
  }

  static VideoWorld prepared() {
    return new VideoWorld(Resources.video());
  }

  VideoGeneratorStatus status() {
    return model.getStatus();
  }

  void suspend(boolean suspend) {
    edit(suspend, model.getSpec().runNonce());
  }

  void raiseNonce() {
    edit(model.getSpec().suspend(), model.getSpec().runNonce() + 1);
  }

  private void edit(boolean suspend, long nonce) {
    var spec = model.getSpec();
    model.setSpec(
        new VideoGeneratorSpec(
            spec.runtimeRef(),
            spec.dataset(),
            spec.training(),
            spec.evaluation(),
            spec.serving(),
            spec.limits(),
            suspend,
            nonce));
    model.getMetadata().setGeneration(model.getMetadata().getGeneration() + 1);
  }

  /** A pod that was not the last to publish. */
  static Optional<TerminationMessage> share() {
    return Optional.of(
        new LastWords(Result.Succeeded, "ClipsAccepted", "3 of 4 clips usable in share 1 of 2")
            .dataset(new TerminationMessage.Dataset(4, 3, List.of()))
            .say());
  }

  /** The pod that put all shares together. */
  static Optional<TerminationMessage> whole() {
    return Optional.of(
        new LastWords(Result.Succeeded, "ClipsAccepted", "5 of 8 clips usable")
            .dataset(
                new TerminationMessage.Dataset(
                    8, 5, List.of(new TerminationMessage.Rejected("beach-000", "Static"))))
            .artifacts(
                List.of(
                    new Artifact(
                        "report",
                        FOLDER + "/preparevideo/attempt-1/report.html",
                        "text/html",
                        7,
                        "ab".repeat(32))))
            .say());
  }
}
