package dev.atelier.e2e.operator;

import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Artifact;
import dev.atelier.stage.TerminationMessage.Result;
import java.util.List;

/** Last words of the pods that the tests play. */
final class Said {

  private static final String DIGEST = "cd".repeat(32);

  private Said() {}

  static TerminationMessage done() {
    return TerminationMessage.of(Result.Succeeded, "StageDone", "done").withGpuSeconds(7);
  }

  static TerminationMessage photos() {
    return done()
        .withDataset(
            new TerminationMessage.Dataset(
                16, 14, List.of(new TerminationMessage.Rejected("1.jpg", "Blurred"))));
  }

  static TerminationMessage clips() {
    return new TerminationMessage(
        Result.Succeeded,
        "ClipsAccepted",
        "3 of 4 clips usable",
        null,
        null,
        0,
        new TerminationMessage.Dataset(4, 3, List.of()),
        null,
        null,
        null,
        null,
        List.of(new Artifact("report", "report.html", "text/html", 1, DIGEST)));
  }

  static TerminationMessage failed(String reason) {
    return TerminationMessage.of(Result.Failed, reason, "it did not go well");
  }

  static TerminationMessage evaluated() {
    return new TerminationMessage(
        Result.Succeeded,
        "GatePassed",
        "good",
        "default/HeadshotModel/x/manifest.json",
        DIGEST,
        3,
        null,
        null,
        new TerminationMessage.Evaluation(100, List.of(), "Passed"),
        null,
        null,
        List.of(new Artifact("model", "default/HeadshotModel/x/model", "x/y", 1, DIGEST)));
  }

  static TerminationMessage drawn() {
    return new TerminationMessage(
        Result.Succeeded,
        "Published",
        "2 of 2 pictures drawn",
        null,
        null,
        1,
        null,
        null,
        null,
        new TerminationMessage.Samples(2, 2, 0, 0),
        null,
        List.of());
  }
}
