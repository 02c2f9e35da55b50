package dev.atelier.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.local.cli.view.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code get}, {@code describe}, {@code logs} and {@code gallery} make of a saved run. */
class ReadingCommandsTest {

  private static final String ANA =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: HeadshotModel
      metadata: {name: ana, namespace: default, uid: u-1, generation: 1, creationTimestamp: "2026-11-26T09:55:00Z"}
      spec: {training: {method: LoRA}}
      status:
        observedGeneration: 1
        conditions:
        - {type: Ready, status: "False", reason: Training, message: "training: 30 of 250, about 3 min left", lastTransitionTime: "2026-11-26T09:56:00Z"}
        run: {id: r1-9681, attempt: 1, stage: Train}
        dataset: {photos: 18, usable: 13, rejected: [{name: IMG_2021.jpg, reason: SeveralFaces}]}
        progress: {stage: Train, step: 30, totalSteps: 250, percent: 12, updatedAt: "2026-11-26T09:59:58Z", metrics: [{name: loss, value: "0.0410"}]}
        evaluation:
          rounds:
          - {step: 10, scores: [{name: identity, value: "0.20"}, {name: memorisation, value: "0.60"}]}
          - {step: 20, scores: [{name: identity, value: "0.31"}, {name: memorisation, value: "0.41"}], front: true, selected: true}
          - {step: 30, scores: [{name: identity, value: "0.33"}, {name: memorisation, value: "0.72"}], front: true}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: ana-train-x
        namespace: default
        labels: {app.kubernetes.io/component: train, batch.kubernetes.io/job-name: ana-train}
        creationTimestamp: "2026-11-26T09:56:00Z"
        ownerReferences: [{apiVersion: batch/v1, kind: Job, name: ana-train, uid: u-2}]
      status: {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 75}}}]}
      """;

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: ana-train
        namespace: default
        uid: u-2
        ownerReferences: [{apiVersion: atelier.dev/v1alpha1, kind: HeadshotModel, name: ana, uid: u-1}]
      """;

  @TempDir Path here;
  private CommandLineHarness line;

  @BeforeEach
  void aRunThatEndedInTheMiddle() throws IOException {
    line = new CommandLineHarness(here);
    line.saved("atelier.dev", "headshotmodels", "ana", ANA);
    line.saved("core", "pods", "ana-train-x", POD);
    line.saved("batch", "jobs", "ana-train", JOB);
    var log = here.resolve(".atelier/pods/default/ana-train-x/log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "step 1\nstep 2\nstep 3\n");
  }

  @Test
  void getPrintsTheColumnsOfTheCrd() {
    assertThat(line.run("get", "hsm")).isZero();
    assertThat(line.out())
        .isEqualTo(
            """
            NAME   METHOD   STAGE   PROGRESS   READY   REASON     AGE
            ana    LoRA     Train   12         False   Training   5m
            """);
    assertThat(line.err()).contains("No run is active");
  }

  @Test
  void getPrintsPodsWithTheirExitCodes() {
    assertThat(line.run("get", "pods")).isZero();
    assertThat(line.out())
        .isEqualTo(
            """
            NAME          STATUS   EXIT CODE   AGE
            ana-train-x   Failed   75          4m
            """);
    assertThat(line.err()).isEmpty();
  }

  @Test
  void getPrintsWholeDocumentsForMachines() {
    assertThat(line.run("get", "hsm/ana", "-o", "json")).isZero();
    assertThat(line.out()).startsWith("{\n").contains("\"percent\" : 12");
    assertThat(line.run("get", "hsm", "ana", "-o", "yaml")).isZero();
    assertThat(line.out()).startsWith("---\n").contains("method: LoRA");
  }

  @Test
  void aNameThatIsNotThereIsMetWithTheNearest() {
    assertThat(line.run("get", "hsm", "anna")).isEqualTo(1);
    assertThat(line.err())
        .contains("headshotmodels \"anna\" not found")
        .contains("Did you mean ana?");
    assertThat(line.run("get", "headshots")).isEqualTo(1);
    assertThat(line.err()).contains("headshots");
  }

  @Test
  void describeShowsEverythingKnown() {
    assertThat(line.run("describe", "hsm", "ana")).isZero();
    assertThat(line.out())
        .isEqualTo(
            """
            HeadshotModel/ana  generation 1, 5m old
              conditions
                Ready   False   4m   Training   training: 30 of 250, about 3 min left
              run
                id        r1-9681
                attempt   1
                stage     Train
              photos
                13 of 18 usable
              photos not used
                IMG_2021.jpg   SeveralFaces   use a photo of this person alone
                and 4 more
              progress
                Train   step 30 of 250   12 %   seen 2s ago
                loss    0.0410
              checkpoints judged
                step 10   identity 0.20  memorisation 0.60
                step 20   identity 0.31  memorisation 0.41   chosen
                step 30   identity 0.33  memorisation 0.72   no other beats it in all
            """);
  }

  @Test
  void inANarrowTerminalAMessageGoesOnBelowItself() {
    line.on(new Terminal(70, true, false, true));

    assertThat(line.run("describe", "hsm", "ana")).isZero();
    assertThat(line.out())
        .contains(
            """
                Ready   False   4m   Training   training: 30 of 250, about 3 min
                                                left
            """);
    assertThat(line.out().lines()).allMatch(text -> text.length() <= 70);
  }

  @Test
  void logsAreThoseOfTheLastPods() {
    assertThat(line.run("logs", "ana", "--tail", "2")).isZero();
    assertThat(line.out())
        .isEqualTo(
            """
            ==> train, pod ana-train-x <==
            step 2
            step 3
            """);
    assertThat(line.run("logs", "ana", "--stage", "intake")).isEqualTo(1);
    assertThat(line.err()).contains("nothing ran for ana yet in stage intake");
  }

  @Test
  void thereIsNoGalleryYet() {
    assertThat(line.run("gallery", "ana")).isEqualTo(1);
    assertThat(line.err()).contains("there is no gallery of ana yet");
  }
}
