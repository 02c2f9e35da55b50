package dev.atelier.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.atelier.local.cluster.ResourceAdmission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier run}: what it shows, what it leaves, how it exits. */
class RunCommandTest {

  private static final String FILE =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: artifacts}
      ---
      apiVersion: atelier.dev/v1alpha1
      kind: HeadshotModel
      metadata: {name: ana}
      spec: {evaluation: {gate: [{metric: IdentitySimilarity, min: "0.50"}]}}
      """;

  private static final String READY =
      """
      conditions:
      - {type: Ready, status: "True", reason: Published, message: model and gallery are published}
      - {type: DatasetReady, status: "True", reason: PhotosAccepted, message: 13 of 14 photos usable}
      dataset: {photos: 14, usable: 13, rejected: [{name: IMG_1.jpg, reason: SeveralFaces}]}
      evaluation: {metrics: [{name: IdentitySimilarity, value: "0.71"}]}
      artifacts:
      - {name: gallery, uri: "pvc://artifacts/default/HeadshotModel/ana-1/r1/gallery.html", sizeBytes: 123456}
      - {name: model, uri: "s3://atelier/model.safetensors", sizeBytes: 2200000}
      """;

  private static final String FAILED =
      """
      conditions:
      - {type: Ready, status: "False", reason: BadInput, message: a weight file is cut short}
      - {type: Failed, status: "True", reason: BadInput, message: a weight file is cut short}
      """;

  @TempDir Path here;
  private CommandLineHarness line;

  @BeforeEach
  void aFile() throws IOException {
    Files.writeString(here.resolve("ana.yaml"), FILE);
    line = new CommandLineHarness(here);
  }

  @Test
  void endsWithConditionsMetricsFilesAndWhatToDoNext() {
    line.controllers(platform -> platform.status("HeadshotModel", "ana", READY));

    assertThat(line.run("run", "ana.yaml")).isZero();
    assertThat(line.out())
        .isEqualTo(
            """
            ✔ ana  Ready      model and gallery are published

            HeadshotModel/ana  Ready
              conditions
                Ready          True   Published        model and gallery are published
                DatasetReady   True   PhotosAccepted   13 of 14 photos usable
              photos not used
                IMG_1.jpg   SeveralFaces   use a photo of this person alone
              metrics
                IdentitySimilarity   0.71   gate: at least 0.50
              files
                gallery   .atelier/volumes/default/artifacts/default/HeadshotModel/ana-1/r1/gallery.html   121 KiB
                model     s3://atelier/model.safetensors                                                   2.1 MiB

            Done in 0 s.
            Next:
              ./atelier gallery ana      look at its pictures
              ./atelier delete hsm ana   erase photos, crops, checkpoints and model
            """);
    assertThat(line.calls).containsExactly("start", "stop", "close");
  }

  @Test
  void againSaysThatItIsDoneAndStartsNothing() {
    line.controllers(platform -> platform.status("HeadshotModel", "ana", READY));
    line.run("run", "ana.yaml");
    line.calls.clear();

    assertThat(line.run("run", "ana.yaml")).isZero();
    assertThat(line.out())
        .contains("Everything is done already; nothing was run again (--fresh starts anew).");
    assertThat(line.calls).containsExactly("close");
  }

  @Test
  void freshForgetsWhatWasThereBefore() throws IOException {
    line.controllers(platform -> platform.status("HeadshotModel", "ana", READY));
    line.run("run", "ana.yaml");
    var files = here.resolve(".atelier/volumes/default/artifacts/default/HeadshotModel");
    Files.createDirectories(files.resolve("ana-0123abcd/r1"));
    Files.createDirectories(files.resolve("ana-two-0123abcd/r1"));
    line.calls.clear();

    assertThat(line.run("run", "ana.yaml", "--fresh")).isZero();
    assertThat(line.out())
        .startsWith("Starting HeadshotModel/ana anew: its earlier run is erased.\n");
    assertThat(line.calls).startsWith("start");
    assertThat(files.resolve("ana-0123abcd")).doesNotExist();
    assertThat(files.resolve("ana-two-0123abcd")).as("another resource's").exists();
  }

  @Test
  void aFailureIsSaidOnceAndExitsWithOne() {
    line.controllers(platform -> platform.status("HeadshotModel", "ana", FAILED));

    assertThat(line.run("run", "ana.yaml")).isEqualTo(1);
    assertThat(line.out())
        .isEqualTo(
            """
            ✘ ana  Failed     a weight file is cut short

            HeadshotModel/ana  Failed
              conditions
                Ready    False   BadInput   a weight file is cut short
                Failed   True    BadInput

            Ended after 0 s with failures.
            Next:
              ./atelier logs ana               what its last stage said
              ./atelier describe hsm ana       everything known about it
              ./atelier run ana.yaml           after changing the file that failed
              ./atelier run ana.yaml --fresh   to try the same again from the start
            """);
  }

  @Test
  void ctrlCStopsPodsAndSaysHowToGoOn() {
    line.interruptedBy(Interrupts.of(new CountDownLatch(0)));

    assertThat(line.run("run", "ana.yaml")).isEqualTo(130);
    assertThat(line.out())
        .contains("Stopping: pods finish their step and write a checkpoint")
        .contains("Interrupted after 0 s; ./atelier run ana.yaml continues.");
    assertThat(line.calls).containsExactly("start", "stop", "close");
  }

  @Test
  void whatTheApiRefusesIsShownPerFileAndNothingStarts() {
    line.admitting(
        (object, previous) ->
            new ResourceAdmission.Verdict(
                object,
                List.of(
                    new ResourceAdmission.FieldError(
                        "FieldValueRequired", "spec.subject.consent", "Required value")),
                List.of()));

    assertThat(line.run("run", "ana.yaml")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            """
            error: ana.yaml: HeadshotModel/ana
              spec.subject.consent: Required value
            Nothing was started. Correct the above and run again.
            """);
    assertThat(line.calls).containsExactly("close");
  }

  @Test
  void machinesGetOneObjectPerLineAndAResult() throws IOException {
    line.controllers(platform -> platform.status("HeadshotModel", "ana", READY));

    assertThat(line.run("run", "ana.yaml", "--output", "json")).isZero();
    var lines = line.out().lines().toList();
    var json = JsonMapper.builder().build();
    assertThat(lines).hasSize(2);
    assertThat(json.readTree(lines.get(0)).path("outcome").asText()).isEqualTo("Done");
    var result = json.readTree(lines.get(1));
    assertThat(result.path("type").asText()).isEqualTo("result");
    assertThat(result.path("exitCode").asInt()).isZero();
    assertThat(result.at("/resources/0/paths/gallery").asText())
        .isEqualTo(
            here.resolve(
                    ".atelier/volumes/default/artifacts/default/HeadshotModel/ana-1/r1/gallery.html")
                .toString());
  }

  @Test
  void wrongArgumentsExitWithTwo() {
    assertThat(line.run("run")).isEqualTo(2);
    assertThat(line.run("run", "ana.yaml", "--timeout", "soon")).isEqualTo(2);
    assertThat(line.err()).contains("'soon' is no time; write 90s, 30m or 2h");
    assertThat(line.run("galery")).isEqualTo(2);
    assertThat(line.err()).contains("there is no command 'galery'; did you mean gallery?");
  }
}
