package dev.atelier.operator.testing;

import dev.atelier.stage.NamedValue;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Artifact;
import dev.atelier.stage.TerminationMessage.Result;
import java.util.List;
import java.util.Optional;

/** Last words of stages. */
public final class Words {

  private static final String DIGEST = "ab".repeat(32);

  private Words() {}

  /** A stage that went well. */
  public static Optional<TerminationMessage> done(String message) {
    return Optional.of(
        TerminationMessage.of(Result.Succeeded, "StageDone", message).withGpuSeconds(60));
  }

  /** A stage that did not. */
  public static Optional<TerminationMessage> failed(String reason, String message) {
    return Optional.of(TerminationMessage.of(Result.Failed, reason, message).withGpuSeconds(30));
  }

  /** Intake: 14 of 16 photos. */
  public static Optional<TerminationMessage> photos() {
    return Optional.of(
        TerminationMessage.of(Result.Succeeded, "PhotosAccepted", "14 of 16 photos usable")
            .withDataset(
                new TerminationMessage.Dataset(
                    16,
                    14,
                    List.of(new TerminationMessage.Rejected("IMG_1.jpg", "SeveralFaces")))));
  }

  /** Preparation: 5 of 8 clips, two of the verdicts cut from the list. */
  public static Optional<TerminationMessage> clips() {
    return Optional.of(
        TerminationMessage.of(Result.Succeeded, "ClipsAccepted", "5 of 8 clips usable")
            .withDataset(
                new TerminationMessage.Dataset(
                    8, 5, List.of(new TerminationMessage.Rejected("beach-000", "Static")))));
  }

  /** Evaluation, with the gate's answer. */
  public static Optional<TerminationMessage> evaluated(String folder, String gate) {
    return Optional.of(
        new TerminationMessage(
            gate.equals("Failed") ? Result.Failed : Result.Succeeded,
            gate.equals("Failed") ? "GateFailed" : "GatePassed",
            "IdentitySimilarity is 0.71",
            folder + "/evaluate/attempt-1/manifest.json",
            DIGEST,
            20,
            null,
            null,
            new TerminationMessage.Evaluation(
                500, List.of(new NamedValue("IdentitySimilarity", "0.71")), gate),
            null,
            null,
            List.of(artifact("model", folder), artifact("gallery", folder))));
  }

  /** Pictures of one shard. */
  public static Optional<TerminationMessage> drawn(int requested, int produced, int blocked) {
    return Optional.of(
        new TerminationMessage(
            Result.Succeeded,
            "Published",
            "%d of %d pictures drawn".formatted(produced, requested),
            "studio/GenerationJob/suits/manifest.json",
            DIGEST,
            10,
            null,
            null,
            null,
            new TerminationMessage.Samples(
                requested, produced, blocked, requested - produced - blocked),
            null,
            List.of(artifact("gallery", "studio/GenerationJob/suits"))));
  }

  private static Artifact artifact(String name, String folder) {
    return new Artifact(name, folder + "/" + name, "application/octet-stream", 7, DIGEST);
  }
}
