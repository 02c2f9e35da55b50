package dev.atelier.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.local.cli.view.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status}: a tree of resource, run, stages and pods. */
class StatusCommandTest {

  private static final String TRAINING =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: HeadshotModel
      metadata: {name: ana, namespace: default, uid: u-1, generation: 1}
      status:
        observedGeneration: 1
        conditions:
        - {type: Ready, status: "False", reason: Training, message: "step 640 of 800, about 7 min left"}
        - {type: DatasetReady, status: "True", reason: PhotosAccepted, message: "14 of 16 photos usable"}
        run: {id: r1-1f3c, attempt: 2, stage: Train, adjustments: [HalfBatch], startedAt: "2026-11-26T09:40:00Z"}
        progress: {stage: Train, step: 640, totalSteps: 800, percent: 80, secondsLeft: 410, metrics: [{name: loss, value: "0.081"}]}
        usage: {gpuSeconds: 731, cost: {amount: "0.14", currency: USD}}
      """;

  @TempDir Path here;

  @Test
  void aRunIsATreeOfStagesAndPods() throws IOException {
    var line = new CommandLineHarness(here);
    line.saved("atelier.dev", "headshotmodels", "ana", TRAINING);
    child(line, "intake", "r1-1f3c", "Succeeded", "terminated: {exitCode: 0}");
    child(line, "train", "r1-1f3c", "Running", "running: {}");
    child(line, "evaluate", "r0-0000", "Failed", "terminated: {exitCode: 1}");

    assertThat(line.run("status", "ana")).isZero();
    assertThat(line.out())
        .isEqualTo(
            """
            ● HeadshotModel/ana  Training: step 640 of 800, about 7 min left
            ├─ run r1-1f3c, attempt 2 with HalfBatch, started 20m ago
            │  ├─ ✔ Intake    14 of 16 photos usable
            │  │  └─ pod intake-x, Succeeded, exit code 0, on node-0, 10m
            │  ├─ ● Train     ████████████████░░░░  80 %  step 640 of 800 · loss 0.081 · 6 min 50 s left
            │  │  └─ pod train-x, Running, on node-0, 10m
            │  └─ ○ Evaluate
            └─ used: 12 min 11 s of GPUs, 0.14 USD
            """);
  }

  @Test
  void failedTriesAreCountedWhereTheStageIs() throws IOException {
    var line = new CommandLineHarness(here);
    line.saved(
        "atelier.dev",
        "headshotmodels",
        "ana",
        TRAINING.replace(
            "stage: Train, adjustments",
            "stage: Train, retries: {failed: 1, limit: 3, lastReason: StorageUnavailable, lastMessage: 's3 does not answer', nextAt: '2026-11-26T10:00:08Z'}, adjustments"));

    assertThat(line.run("status", "ana")).isZero();
    assertThat(line.out())
        .contains(
            "│  │  └─ failed tries: 1, retries: 3; the last: StorageUnavailable, s3 does not answer; next try in 8 s\n");
    assertThat(line.run("describe", "ana")).isZero();
    assertThat(line.out()).contains("tries", "the last: StorageUnavailable, s3 does not answer");
  }

  @Test
  void aTerminalWithoutUnicodeGetsTheSameInAscii() throws IOException {
    var line = new CommandLineHarness(here).on(new Terminal(100, true, false, false));
    line.saved("atelier.dev", "headshotmodels", "ana", TRAINING);

    assertThat(line.run("status")).isZero();
    assertThat(line.out())
        .contains("|- run r1-1f3c")
        .contains("|  |- * Train     ################....  80 %")
        .contains("`- used");
    assertThat(line.out().lines()).allMatch(text -> text.length() <= 100);
  }

  @Test
  void whatHasNotStartedSaysWhatItWaitsFor() throws IOException {
    var line = new CommandLineHarness(here);
    line.saved(
        "atelier.dev",
        "generationjobs",
        "suits",
        """
        apiVersion: atelier.dev/v1alpha1
        kind: GenerationJob
        metadata: {name: suits, namespace: default, uid: u-3, generation: 1}
        status:
          observedGeneration: 1
          conditions: [{type: Ready, status: "False", reason: ModelNotReady, message: "HeadshotModel 'ana' is not Ready"}]
        """);

    assertThat(line.run("status", "gen", "suits")).isZero();
    assertThat(line.out())
        .isEqualTo("○ GenerationJob/suits  ModelNotReady: HeadshotModel 'ana' is not Ready\n");
  }

  private static void child(
      CommandLineHarness line, String stage, String run, String phase, String state)
      throws IOException {
    line.saved(
        "batch",
        "jobs",
        stage,
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: %1$s
          namespace: default
          uid: job-%1$s
          labels: {app.kubernetes.io/component: %1$s, atelier.dev/run: %2$s}
          ownerReferences: [{apiVersion: atelier.dev/v1alpha1, kind: HeadshotModel, name: ana, uid: u-1}]
        """
            .formatted(stage, run));
    line.saved(
        "core",
        "pods",
        stage + "-x",
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %1$s-x
          namespace: default
          uid: pod-%1$s
          creationTimestamp: "2026-11-26T09:50:00Z"
          ownerReferences: [{apiVersion: batch/v1, kind: Job, name: %1$s, uid: job-%1$s}]
        spec: {nodeName: node-0}
        status: {phase: %2$s, containerStatuses: [{state: {%3$s}}]}
        """
            .formatted(stage, phase, state));
  }
}
