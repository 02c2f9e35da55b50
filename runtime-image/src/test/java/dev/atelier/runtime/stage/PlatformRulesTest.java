package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.gallery.ReportSchema;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.safety.PromptCheck;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.EvaluateVideoInput;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.PromptRulesInput;
import dev.atelier.stage.PromptRulesInput.OnFinding;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.SampleVideoInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every stage that draws follows the rules of its DiffusionRuntime, and says that it did. */
class PlatformRulesTest {

  private static final PromptRulesInput REFUSING =
      new PromptRulesInput("sd15", List.of("acme corp"), List.of("nude wall"), OnFinding.Refuse);

  private static final PromptRulesInput ADVISING =
      new PromptRulesInput("sd15", List.of("acme corp"), List.of(), OnFinding.Advise);

  private static final List<Prompt> AD =
      List.of(new Prompt("ad", "photo of a {subject} in an acme c0rp shirt", ""));

  private static final List<Prompt> WALL =
      List.of(new Prompt("wall", "photo of a {subject} before a nude wall", ""));

  private static final String REFUSED =
      "the prompt 'ad' is refused for the word 'acme corp' (the platform's own list); nothing was drawn. The platform's list is blockedTerms in spec.safety.prompts of the DiffusionRuntime 'sd15'";

  @TempDir private Path root;

  @Test
  void picturesAreNotDrawnOfWhatThePlatformRefuses() {
    var run = new RunFixture(root);
    var input = run.sample(null, AD, 1, List.of(), Bench.ruledBy(REFUSING));

    assertThatThrownBy(() -> run.run(input, 0))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageStartingWith(REFUSED);
    assertThat(run.drawn).isEmpty();
  }

  @Test
  void picturesAreDrawnOfWhatThePlatformAllowsAndTheManifestNamesTheRules() throws IOException {
    var run = new RunFixture(root);

    var words = run.run(run.sample(null, WALL, 1, List.of(), Bench.ruledBy(REFUSING)), 0);

    assertThat(words.samples().produced()).isEqualTo(3);
    var manifest = run.bench.manifest("sample/shard-0");
    assertThat(manifest.provenance())
        .containsEntry("promptCheck", PromptCheck.of(REFUSING).protocol());
    assertThat(manifest.advised()).isEmpty();
  }

  @Test
  void withoutRulesTheManifestNamesTheListThatShips() throws IOException {
    var run = new RunFixture(root);

    run.run(run.sample(null, RunFixture.PROMPTS, 1, List.of()), 0);

    assertThat(run.bench.manifest("sample/shard-0").provenance())
        .containsEntry("promptCheck", PromptCheck.shipped().protocol());
  }

  @Test
  void picturesThatAreOnlyAdvisedAgainstAreDrawnAndManifestAndReportSayWhy() throws IOException {
    var run = new RunFixture(root);

    var words = run.run(run.sample(null, AD, 1, List.of(), Bench.ruledBy(ADVISING)), 0);

    assertThat(words.samples().produced()).isEqualTo(3);
    assertThat(run.bench.manifest("sample/shard-0").advised())
        .containsExactly(advised("ad", "acme corp"));
    var report = StageJson.json().readTree(run.bench.stored(words.artifacts().get(2)).toFile());
    assertThat(report.path("advice"))
        .singleElement()
        .satisfies(
            sentence ->
                assertThat(sentence.asText()).startsWith("ad: drawn with the word 'acme corp'"));
    assertThat(report.at("/provenance/promptCheck").asText())
        .endsWith("of DiffusionRuntime sd15, findings are drawn and reported");
  }

  @Test
  void whatConcernsMinorsIsNotDrawnOnAnyAdvice() {
    var run = new RunFixture(root);
    var prompts = List.of(AD.get(0), new Prompt("no", "{subject} as a child", ""));
    var input = run.sample(null, prompts, 1, List.of(), Bench.ruledBy(ADVISING));

    assertThatThrownBy(() -> run.run(input, 0))
        .hasMessage("the prompt 'no' is refused for the word 'child' (minors); nothing was drawn");
    assertThat(run.drawn).isEmpty();
  }

  @Test
  void aModelIsJudgedByTheSameRules() throws IOException {
    var run = new RunFixture(root);
    var refused = run.seenBy(Bench.ruledBy(REFUSING), AD);

    assertThatThrownBy(() -> run.run(refused, run.bench.store())).hasMessageStartingWith(REFUSED);

    run.run(run.seenBy(Bench.ruledBy(ADVISING), AD), run.bench.store());
    var manifest = run.bench.manifest("evaluate");
    assertThat(manifest.advised()).containsExactly(advised("ad", "acme corp"));
    assertThat(manifest.provenance())
        .containsEntry("promptCheck", PromptCheck.of(ADVISING).protocol());
  }

  @Test
  void aSubjectIsRefusedBeforeItsPhotosAreJudged() throws IOException {
    var ended = new Bench(root).run(intake(REFUSING));

    assertThat(ended.exitCode()).isEqualTo(42);
    assertThat(ended.words().message())
        .startsWith("the subject 'acme corp' is refused for the word 'acme corp'");
  }

  @Test
  void aSubjectThatIsOnlyAdvisedAgainstStandsInTheManifest() throws IOException {
    Files.createDirectories(root.resolve("photos"));
    Files.copy(SamplePhotos.ANA.resolve("IMG_2001.jpg"), root.resolve("photos/IMG_2001.jpg"));
    var bench = new Bench(root);

    assertThat(bench.run(intake(ADVISING)).exitCode()).isZero();

    var manifest = bench.manifest("intake");
    assertThat(manifest.advised()).containsExactly(advised("subject", "acme corp"));
    assertThat(manifest.provenance()).containsKey("promptCheck");
  }

  @Test
  void classPicturesAndRoundsFollowThem() throws IOException {
    var prior = Trainings.loraOf(1).prior("acme corp staff").input();
    assertThat(bench(REFUSING).fails(prior, Integer.MAX_VALUE))
        .hasMessageStartingWith(REFUSED.replace("'ad'", "'class picture'"));

    var rounds =
        new RoundsInput(new PromptInput(null, AD, null), new SamplerInput("DDIM", 2, 3, 64, 64, 7));
    var judged = Trainings.judged(2, 1, 9).input();
    assertThat(bench(REFUSING).judging(rounds).fails(judged, Integer.MAX_VALUE))
        .hasMessageStartingWith(REFUSED);
  }

  @Test
  void aTrainingOnAdviceNamesAClassPictureOnce() throws IOException {
    var bench = bench(ADVISING);

    bench.train(Trainings.loraOf(1).prior("acme corp staff").input());

    assertThat(bench.published().manifest().advised())
        .containsExactly(advised("class picture", "acme corp"));
  }

  @Test
  void clipsFollowThem() throws IOException {
    var clips = new ClipBench(root);
    var prompts = new PromptInput(null, List.of(new Prompt("ad", "an acme corp ad", "")), null);

    for (var input : List.of(sample(clips, prompts, REFUSING), evaluate(prompts, REFUSING))) {
      assertThat(clips.bench.run(input).words().message()).startsWith(REFUSED);
    }
    for (var input : List.of(sample(clips, prompts, ADVISING), evaluate(prompts, ADVISING))) {
      var ended = clips.bench.run(input);
      assertThat(ended.exitCode()).as(ended.words().message()).isZero();
    }
    for (var slot : List.of("sample/shard-0", "evaluate")) {
      var manifest = clips.bench.manifest(slot);
      assertThat(manifest.advised()).containsExactly(advised("ad", "acme corp"));
      assertThat(manifest.provenance())
          .containsEntry("promptCheck", PromptCheck.of(ADVISING).protocol());
      var report = Files.readString(clips.bench.stored(manifest.file("report.json").orElseThrow()));
      assertThat(report).contains("ad: drawn with the word 'acme corp'");
      assertThat(
              new ReportSchema("clip-report.schema.json")
                  .violations(StageJson.json().readTree(report), "report"))
          .isEmpty();
    }
  }

  private TrainBench bench(PromptRulesInput rules) {
    return new TrainBench(root, "r0").withPhotos().seenBy(Bench.ruledBy(rules));
  }

  private static StageInput sample(ClipBench clips, PromptInput prompts, PromptRulesInput rules) {
    var plain = clips.sample(1);
    return new SampleVideoInput(
        plain.model(),
        null,
        prompts,
        1,
        plain.sampler(),
        plain.clip(),
        1,
        List.of(),
        List.of(),
        Bench.ruledBy(rules));
  }

  private static StageInput evaluate(PromptInput prompts, PromptRulesInput rules) {
    return new EvaluateVideoInput(
        ClipBench.MODEL,
        null,
        prompts,
        ClipBench.SAMPLER,
        ClipBench.CLIP,
        List.of(),
        List.of(),
        Bench.ruledBy(rules));
  }

  private static IntakeInput intake(PromptRulesInput rules) {
    return new IntakeInput(
        StoreLocation.directory("/photos"),
        1,
        20,
        new IntakeInput.Quality(64, 60, 60),
        64,
        false,
        new Subject("corp", "acme"),
        Bench.ruledBy(rules));
  }

  private static Manifest.Advised advised(String name, String term) {
    return new Manifest.Advised(
        name,
        "Platform",
        term,
        PromptCheck.of(ADVISING).finding(term).orElseThrow().list(),
        "drawn with the word '%s' (the platform's own list): spec.safety.prompts of the DiffusionRuntime 'sd15' says onFinding: Advise"
            .formatted(term));
  }
}
