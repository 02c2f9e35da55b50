package dev.atelier.runtime.stage;

import static dev.atelier.runtime.stage.RunFixture.atLeast;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.gallery.ReportSchema;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateStageTest {

  private static final String MANIFEST = "artifacts/" + Bench.PREFIX + "/evaluate/manifest.json";

  @TempDir private Path root;
  private RunFixture run;

  @BeforeEach
  void aTrainedModel() {
    run = new RunFixture(root);
  }

  @Test
  void aModelThatPassesIsPublishedWithAllThatAJobNeeds() throws IOException {
    var input =
        run.evaluate(RunFixture.PROMPTS, List.of(atLeast("IdentitySimilarity", 0.5)), false);

    var words = run.run(input, store());

    assertThat(words.message())
        .matches("identity similarity 0\\.\\d\\d, base model 0\\.\\d\\d; 6 of 6 pictures drawn");
    assertThat(words.samples()).isEqualTo(new TerminationMessage.Samples(6, 6, 0, 0));
    assertThat(words.evaluation().gate()).isEqualTo("Passed");
    assertThat(words.evaluation().selectedStep()).isEqualTo(250);
    assertThat(words.artifacts())
        .extracting(TerminationMessage.Artifact::name)
        .containsExactly("model", "gallery", "contact-sheet", "report", "intake-sheet");
    var manifest = run.bench.manifest("evaluate");
    assertThat(manifest.filesBelow("model/")).hasSize(1);
    assertThat(manifest.filesBelow("photos/")).hasSize(6);
    assertThat(manifest.filesBelow("pictures/")).hasSize(6);
    assertThat(manifest.filesBelow("baseline/")).hasSize(4);
    assertThat(manifest.provenance())
        .containsEntry("datasetSha256", "d".repeat(64))
        .containsEntry("baseModelLicense", "Apache-2.0")
        .containsEntry("seed", "42")
        .containsKeys("baseModelSha256", "inputSha256", "tunedModelSha256", "code", "perception");
    measuredAgainstBaseModelAndPhotos(report(words));
    assertThat(report(words).at("/variety/photos").asInt()).isEqualTo(3);
    // Photos, two prompts and the base model: four rows of pictures of 192 pixels.
    var sheet = ImageIO.read(stored(words, "contact-sheet").toFile());
    assertThat(sheet.getHeight()).isGreaterThan(4 * 192);
    assertThat(sheet.getWidth()).isGreaterThan(6 * 192);
  }

  private static void measuredAgainstBaseModelAndPhotos(JsonNode report) {
    var identity = metric(report, "IdentitySimilarity");
    assertThat(identity.path("value").asDouble()).isGreaterThan(0.55);
    assertThat(identity.path("baseline").asDouble()).isLessThan(0.5);
    assertThat(identity.path("photos").asDouble()).isGreaterThan(0.5);
    assertThat(identity.path("model").asText()).contains("largest face");
    assertThat(identity.at("/interval/low").asDouble())
        .isLessThan(identity.path("value").asDouble());
    assertThat(identity.at("/interval/level").asDouble()).isEqualTo(0.95);
    assertThat(identity.at("/baselineInterval/high").asDouble())
        .isGreaterThanOrEqualTo(identity.path("baseline").asDouble());
    assertThat(metric(report, "FaceDetectionRate").path("value").asDouble()).isEqualTo(1);
    assertThat(metric(report, "Diversity").path("value").asDouble()).isBetween(0.1, 1.0);
    assertThat(report.at("/baseline/pictures")).hasSize(4);
    assertThat(report.at("/baseline/pictures/0/text").asText())
        .isEqualTo("photo of a person wearing a navy suit in an office");
    assertThat(report.at("/pictures/0/nearestPhoto").asText()).startsWith("IMG_200");
  }

  @Test
  void aModelThatTheGateRefusesIsNotPublishedButCanBeLookedAt() {
    var input = run.evaluate(List.of(atLeast("IdentitySimilarity", 0.99)), false);

    assertThatThrownBy(() -> run.run(input, store()))
        .isInstanceOf(StageFailure.GateFailed.class)
        .hasMessageContaining("the model is not published: IdentitySimilarity is 0.")
        .hasMessageContaining("at least 0.99 is needed")
        .asInstanceOf(type(StageFailure.GateFailed.class))
        .extracting(StageFailure.GateFailed::words)
        .satisfies(
            words -> {
              assertThat(words.evaluation().gate()).isEqualTo("Failed");
              assertThat(words.artifacts())
                  .extracting(TerminationMessage.Artifact::name)
                  .containsExactly("gallery", "contact-sheet", "report");
              assertThat(run.bench.stored(words.artifacts().get(0))).exists();
            });
    assertThat(root.resolve(MANIFEST)).doesNotExist();
  }

  @Test
  void aMetricWithoutAModelFailsItsGateAndNamesTheField() {
    var input = run.evaluate(List.of(atLeast("ClipText", 0.27)), false);

    assertThatThrownBy(() -> run.run(input, store()))
        .isInstanceOf(StageFailure.GateFailed.class)
        .hasMessageContaining("ClipText was not measured")
        .hasMessageContaining("spec.perception.clip.source")
        .asInstanceOf(type(StageFailure.GateFailed.class))
        .extracting(failure -> failure.words().evaluation().metrics())
        .asInstanceOf(LIST)
        .contains(new NamedValue("ClipText", "NotMeasured"));
  }

  @Test
  void aMetricThatIsAskedForIsReportedOnceWhetherItCanBeMeasuredOrNot() throws IOException {
    var words = run.run(run.asked(List.of("KernelInception", "Diversity")), store());

    assertThat(words.evaluation().gate()).isEqualTo("None");
    assertThat(words.evaluation().metrics())
        .contains(new NamedValue("KernelInception", "NotMeasured"))
        .extracting(NamedValue::name)
        .doesNotHaveDuplicates()
        .contains("Diversity", "IdentitySimilarity");
    assertThat(metric(report(words), "KernelInception").path("explanation").asText())
        .contains("set spec.perception.inception.source of the DiffusionRuntime");
    assertThat(Files.readString(stored(words, "gallery")))
        .contains("<dt>Kernel inception</dt><dd>not measured: no model is configured");
  }

  @Test
  void photosThatAreNotToBeKeptAreNowhereAfterwards() throws IOException {
    var input = run.evaluate(List.of(), true);

    var words = run.run(input, store());

    assertThat(run.bench.store().list(Bench.PREFIX + "/intake")).isEmpty();
    var manifest = run.bench.manifest("evaluate");
    assertThat(manifest.files())
        .extracting(Manifest.StoredFile::name)
        .noneMatch(name -> name.contains("photo") || name.contains("intake"));
    var page = Files.readString(stored(words, "gallery"));
    assertThat(page)
        .doesNotContain("IMG_20")
        .doesNotContain("closest photo")
        .doesNotContain("usable:");
    assertThat(Files.readString(stored(words, "report"))).doesNotContain("IMG_20");
    assertThat(manifest.filesBelow("model/")).hasSize(1);
  }

  @Test
  void aPodKilledBeforeThePhotosWereDeletedDeletesThemWhenItFindsTheResult() throws IOException {
    var input = run.evaluate(List.of(), true);
    new EvaluateStage(
            run.bench.context(input, store(), 0),
            input,
            (base, tuned, sampler) -> new PhotoPainter(List.of("IMG_2010.jpg"), run.drawn))
        .run();
    assertThat(run.bench.store().list(Bench.PREFIX + "/intake")).isNotEmpty();

    var ended = run.bench.attempt(2).run(input);

    assertThat(ended.exitCode()).isZero();
    assertThat(run.bench.store().list(Bench.PREFIX + "/intake")).isEmpty();
  }

  @Test
  void aStopKeepsFinishedPicturesAndTheNextAttemptDrawsTheRest() throws IOException {
    var input = run.evaluate(List.of(), false);
    var context = run.bench.context(input, store(), 0);
    var interrupted =
        new EvaluateStage(
            context,
            input,
            (base, tuned, sampler) -> {
              run.bench.stop().stop("SIGTERM");
              return new PhotoPainter(List.of("IMG_2010.jpg"), run.drawn);
            });
    assertThatThrownBy(interrupted::run).isInstanceOf(StageFailure.Checkpointed.class);

    var again = new RunFixture(root);
    again.bench.attempt(2);

    assertThat(again.run(input, store()).samples().produced()).isEqualTo(3);
  }

  @Test
  void aFullDiskPublishesNothingAndTheRepeatedStageGivesTheSameManifest() throws IOException {
    var input = run.evaluate(List.of(), false);

    assertThatThrownBy(() -> run.run(input, LimitedStore.filling(store(), 11)))
        .isInstanceOf(StageFailure.StorageUnavailable.class);
    assertThat(root.resolve(MANIFEST)).doesNotExist();
    int before = run.drawn.size();
    var digest = run.run(input, store()).manifestSha256();
    Files.delete(root.resolve(MANIFEST));

    assertThat(run.run(input, store()).manifestSha256()).isEqualTo(digest);
    assertThat(run.drawn).as("pictures are not drawn twice").hasSize(before);
  }

  @Test
  void aFeatureModelThatCannotBeReadEndsTheStageBeforeAnythingIsDrawn() throws IOException {
    run.bench.write("clip/config.json", "{}");
    var input = run.withClip(StoreLocation.directory("/clip"));

    assertThatThrownBy(() -> run.run(input, store()))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("spec.perception.clip of the DiffusionRuntime");
    assertThat(run.drawn).isEmpty();
  }

  @Test
  void aRunWithoutATrainedModelSaysSo() {
    run.bench.store().delete(Bench.PREFIX + "/train");

    assertThatThrownBy(() -> run.run(run.evaluate(List.of(), false), store()))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("stage train of run r0 has no manifest")
        .hasMessageContaining("spec.runNonce");
  }

  private ArtifactStore store() {
    return run.bench.store();
  }

  private JsonNode report(TerminationMessage words) throws IOException {
    var report = StageJson.json().readTree(stored(words, "report").toFile());
    assertThat(new ReportSchema("report.schema.json").violations(report, "report")).isEmpty();
    return report;
  }

  private Path stored(TerminationMessage words, String artifact) {
    Map<String, Path> byName =
        words.artifacts().stream()
            .collect(toMap(TerminationMessage.Artifact::name, run.bench::stored));
    return byName.get(artifact);
  }

  private static JsonNode metric(JsonNode report, String name) {
    for (var metric : report.path("metrics")) {
      if (metric.path("name").asText().equals(name)) {
        return metric;
      }
    }
    throw new AssertionError("no metric " + name + " in " + report.path("metrics"));
  }
}
