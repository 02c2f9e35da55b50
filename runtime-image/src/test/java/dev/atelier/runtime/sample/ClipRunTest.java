package dev.atelier.runtime.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.NudityScore;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipRunTest {

  private static final String PREFIX = "ns/GenerationJob/rain-1/r1/sample/shard-0/clips";
  private static final Consumer<FinishedClip> NOTHING = clip -> {};

  @TempDir private Path folder;
  private ArtifactStore store;
  private final StopRequest stop = new StopRequest();
  private final ProgressReporter progress = new ProgressReporter(Stage.SAMPLE, Clock.systemUTC());
  private double nudity;

  @BeforeEach
  void openTheStore() {
    store = new FileStore(folder.resolve("store"));
  }

  @Test
  void everyClipIsWrittenWithPreviewAndPosterAndCounted() throws IOException {
    var film = new FakeFilm("m1");
    nudity = 0.1;

    var finished = draw(film, 7, NOTHING);

    assertThat(finished).hasSize(4).allMatch(clip -> clip.verdict() == Verdict.Written);
    assertThat(finished.get(0).judged().orElseThrow().score()).isEqualTo(0.1);
    assertThat(finished.get(0).files())
        .extracting(Manifest.StoredFile::name)
        .containsExactly("clips/rain-00.mp4", "clips/rain-00.webp", "clips/rain-00.png");
    assertThat(progress.now().step()).isEqualTo(16);
    assertThat(progress.now().totalSteps()).isEqualTo(16);
    assertThat(progress.now().activity()).isEqualTo("drawing clip 4 of 4");
    try (var left = Files.list(folder.resolve("scratch"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aRestartDrawsOnlyWhatIsMissingOrDamagedAndGivesTheSameFiles() throws IOException {
    var first = draw(new FakeFilm("m1"), 7, NOTHING);
    Files.delete(folder.resolve("store").resolve(PREFIX + "/rain-01.json"));
    Files.writeString(folder.resolve("store").resolve(PREFIX + "/snow-00.mp4"), "half a cl");

    var again = new FakeFilm("m1");
    var finished = draw(again, 7, NOTHING);

    assertThat(again.drawn()).containsExactly("rain-01", "snow-00");
    assertThat(again.prepared()).containsExactly("rain-01", "snow-00");
    assertThat(finished).isEqualTo(first);
  }

  @Test
  void anotherModelOrSeedDrawsEverythingAnew() {
    draw(new FakeFilm("m1"), 7, NOTHING);

    var otherModel = new FakeFilm("m2");
    draw(otherModel, 7, NOTHING);
    var otherSeed = new FakeFilm("m2");
    draw(otherSeed, 70, NOTHING);

    assertThat(otherModel.drawn()).hasSize(4);
    assertThat(otherSeed.drawn()).hasSize(4);
  }

  @Test
  void aBlockedClipIsNeverWrittenAndNotDrawnAgain() {
    nudity = 0.9;

    var finished = draw(new FakeFilm("m1"), 7, NOTHING);
    var again = new FakeFilm("m1");
    var remembered = draw(again, 7, NOTHING);

    assertThat(finished)
        .allMatch(clip -> clip.verdict() == Verdict.Blocked && clip.files().isEmpty())
        .allMatch(clip -> clip.judged().orElseThrow().score() == 0.9);
    assertThat(store.list(PREFIX)).allMatch(entry -> entry.key().endsWith(".json"));
    assertThat(again.drawn()).isEmpty();
    assertThat(remembered).isEqualTo(finished);
  }

  @Test
  void aDoubtfulClipIsWrittenAndMarked() {
    nudity = 0.5;

    assertThat(draw(new FakeFilm("m1"), 7, NOTHING))
        .allMatch(clip -> clip.verdict() == Verdict.Review && clip.video().isPresent());
  }

  @Test
  void aClipOfNoNumbersFailsAloneAndIsTriedAgainNextTime() {
    var finished = draw(new FakeFilm("m1"), FakeFilm.BROKEN_SEED - 1, NOTHING);
    var again = new FakeFilm("m1");
    draw(again, FakeFilm.BROKEN_SEED - 1, NOTHING);

    assertThat(finished)
        .extracting(FinishedClip::verdict)
        .containsExactly(Verdict.Written, Verdict.Failed, Verdict.Written, Verdict.Failed);
    assertThat(again.drawn()).containsExactly("rain-01", "snow-01");
  }

  @Test
  void aStopLosesTheClipInHandAndKeepsTheOthers() {
    var interrupted = new FakeFilm("m1");

    assertThatThrownBy(() -> draw(interrupted, 7, clip -> stop.stop("SIGTERM")))
        .isInstanceOf(StageFailure.Checkpointed.class)
        .hasMessageContaining("1 of 4 clips finished");

    assertThat(interrupted.drawn()).containsExactly("rain-00");
    assertThat(store.list(PREFIX)).hasSize(4);
  }

  private List<FinishedClip> draw(FakeFilm film, long seed, Consumer<FinishedClip> after) {
    var provenance =
        new ClipProvenance(film.sampler(), 9, 24, film.delivery(), Map.of("code", "atelier 1"));
    var shelf = new ClipShelf(store, PREFIX, film.digest(), provenance, folder.resolve("scratch"));
    var prompts = List.of(new Prompt("rain", "rain falls", ""), new Prompt("snow", "snow", ""));
    var planned = new PicturePlan(prompts, "person", 2, seed).all();
    var finished = new ArrayList<FinishedClip>();
    new ClipRun(film, shelf, new OutputCheck(new Score(), 0.8, 0.3), progress, stop)
        .draw(
            "drawing",
            planned,
            clip -> {
              finished.add(clip);
              after.accept(clip);
            });
    return finished;
  }

  private final class Score implements NudityScore {
    @Override
    public double score(RgbImage picture) {
      return nudity;
    }

    @Override
    public String protocol() {
      return "fixed";
    }
  }
}
