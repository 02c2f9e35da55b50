package dev.atelier.runtime.stage;

import static dev.atelier.runtime.stage.RunFixture.atLeast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleStageTest {

  private static final StoreLocation ARTIFACTS = StoreLocation.directory("/artifacts");

  @TempDir private Path root;
  private RunFixture run;

  @BeforeEach
  void aTrainedModel() {
    run = new RunFixture(root);
  }

  @Test
  void aPublishedModelDrawsMeasuresAndPublishes() throws IOException {
    var words = run.run(job(1), 0);

    assertThat(words.message()).isEqualTo("6 of 6 pictures drawn");
    assertThat(words.samples()).isEqualTo(new TerminationMessage.Samples(6, 6, 0, 0));
    assertThat(words.evaluation().metrics())
        .anySatisfy(
            value -> {
              assertThat(value.name()).isEqualTo("IdentitySimilarity");
              assertThat(Double.parseDouble(value.value())).isGreaterThan(0.55);
            })
        .contains(new NamedValue("ClipText", "NotMeasured"));
    assertThat(words.artifacts())
        .extracting(TerminationMessage.Artifact::name)
        .containsExactly("gallery", "contact-sheet", "report");
    var manifest = run.bench.manifest("sample/shard-0");
    assertThat(manifest.filesBelow("pictures/"))
        .extracting(Manifest.StoredFile::name)
        .contains("pictures/suit-00.png", "pictures/snow-02.png");
    assertThat(manifest.provenance()).containsKeys("tunedModelSha256", "datasetSha256");
  }

  @Test
  void shardsShareThePicturesAndPublishEachTheirOwn() throws IOException {
    var job = job(2);

    var first = run.run(job, 0);
    var second = run.run(job, 1);

    assertThat(first.samples().requested() + second.samples().requested()).isEqualTo(6);
    assertThat(run.drawn)
        .containsExactlyInAnyOrder(
            "suit-00", "suit-01", "suit-02", "snow-00", "snow-01", "snow-02");
    assertThat(second.artifacts())
        .extracting(TerminationMessage.Artifact::name)
        .containsExactly("gallery-1", "contact-sheet-1", "report-1");
    assertThat(second.manifest()).endsWith("/sample/shard-1/manifest.json");
  }

  @Test
  void theBaseModelDrawsTheClassAndHasNoPhotosToBeComparedWith() throws IOException {
    var words = run.run(run.sample(null, RunFixture.PROMPTS, 1, List.of()), 0);

    assertThat(words.evaluation().metrics())
        .contains(new NamedValue("IdentitySimilarity", "NotMeasured"));
    var report = Files.readString(run.bench.stored(words.artifacts().get(2)));
    assertThat(report)
        .contains("photo of a person wearing a navy suit in an office")
        .doesNotContain("sks");
  }

  @Test
  void aPromptThatIsRefusedDrawsNothingAtAll() {
    var prompts = List.of(RunFixture.PROMPTS.get(0), new Prompt("no", "{subject}, nude", ""));

    assertThatThrownBy(() -> run.run(run.sample(null, prompts, 1, List.of()), 0))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("the prompt 'no' is refused");
    assertThat(run.drawn).isEmpty();
  }

  @Test
  void aModelThatWasChangedAfterItWasPublishedIsNotOpened() {
    var tuned = new SampleInput.TunedModel(ARTIFACTS, manifest(), "0".repeat(64));

    assertThatThrownBy(() -> run.run(run.sample(tuned, RunFixture.PROMPTS, 1, List.of()), 0))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("it was changed after it was published");
    assertThat(run.drawn).isEmpty();
  }

  @Test
  void aModelThatWasErasedSaysSo() {
    var job = job(1);
    run.bench.store().delete(Bench.PREFIX + "/evaluate");

    assertThatThrownBy(() -> run.run(job, 0))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("was the model erased?");
  }

  @Test
  void picturesBelowTheGateAreShownButTheJobFails() {
    var input =
        run.sample(
            run.published(), RunFixture.PROMPTS, 1, List.of(atLeast("IdentitySimilarity", 0.99)));

    assertThatThrownBy(() -> run.run(input, 0))
        .isInstanceOf(StageFailure.GateFailed.class)
        .hasMessageContaining("6 of 6 pictures drawn; IdentitySimilarity is 0.");
    assertThat(root.resolve("artifacts/" + Bench.PREFIX + "/sample/shard-0/manifest.json"))
        .doesNotExist();
  }

  @Test
  void whyAPictureIsRefusedIsInManifestReportAndPageAndNowhereIsThePicture() throws IOException {
    var words = run.run(blockingEverything(), 0);

    assertThat(words.samples()).isEqualTo(new TerminationMessage.Samples(1, 0, 1, 0));
    var manifest = run.bench.manifest("sample/shard-0");
    assertThat(manifest.filesBelow("pictures/")).isEmpty();
    assertThat(manifest.safety())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.name()).isEqualTo("pictures/suit-00");
              assertThat(refused.verdict()).isEqualTo("Blocked");
              assertThat(refused.model()).startsWith("open_nsfw ");
              assertThat(refused.reason()).endsWith("blocked from 0.00");
            });
    var report = StageJson.json().readTree(run.bench.stored(words.artifacts().get(2)).toFile());
    assertThat(report.at("/pictures/0/verdict").asText()).isEqualTo("Blocked");
    assertThat(report.at("/pictures/0/safety/model").asText()).startsWith("open_nsfw ");
    assertThat(report.at("/pictures/0/safety/reason").asText()).contains("nudity score 0.0");
    assertThat(Files.readString(run.bench.stored(words.artifacts().get(0))))
        .contains("blocked by the output check, not written<br/>nudity score 0.0");
  }

  @Test
  void aPictureThatMustNotBeShownIsNotBegunWithEither() throws IOException {
    var folder = Files.createDirectories(root.resolve("begin"));
    Files.copy(SamplePhotos.ANA.resolve("IMG_2001.jpg"), folder.resolve("suit.jpg"));
    var begin = new SampleInput.ImageToImage(StoreLocation.directory("/begin"), 0.6);

    assertThatThrownBy(() -> run.run(blockingEverything(begin), 0))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("imageToImage: the picture for the prompt 'suit' is refused: nudity");
    assertThat(run.drawn).isEmpty();
  }

  private SampleInput blockingEverything() {
    return blockingEverything(null);
  }

  private SampleInput blockingEverything(SampleInput.@Nullable ImageToImage begin) {
    return new SampleInput(
        RunFixture.MODEL,
        run.published(),
        Bench.ANA,
        new PromptInput(null, RunFixture.PROMPTS.subList(0, 1), null),
        1,
        RunFixture.SAMPLER,
        begin,
        null,
        null,
        1,
        List.of(),
        List.of(),
        Bench.withNudityFrom(0));
  }

  private SampleInput job(int shards) {
    return run.sample(run.published(), RunFixture.PROMPTS, shards, List.of());
  }

  private static String manifest() {
    return Bench.PREFIX + "/train/manifest.json";
  }
}
