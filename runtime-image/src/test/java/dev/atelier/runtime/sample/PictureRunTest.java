package dev.atelier.runtime.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.NudityScore;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureRunTest {

  private static final String PREFIX = "ns/GenerationJob/ana-1/r1/sample/shard-0/pictures";

  @TempDir private Path folder;
  private ArtifactStore store;
  private final StopRequest stop = new StopRequest();
  private final ProgressReporter progress = new ProgressReporter(Stage.SAMPLE, Clock.systemUTC());
  private double nudity;

  @BeforeEach
  void openTheStore() {
    store = new FileStore(folder);
  }

  @Test
  void everyPictureIsWrittenAndCounted() throws IOException {
    var painter = new FakePainter("m1");

    var finished = draw(painter, 7);

    assertThat(finished).hasSize(6).allMatch(picture -> picture.verdict() == Verdict.Written);
    assertThat(painter.drawn()).hasSize(6);
    assertThat(progress.now().step()).isEqualTo(6);
    var first = finished.get(0).file().orElseThrow();
    assertThat(first.name()).isEqualTo("pictures/suit-00.png");
    var stored = ImageIO.read(folder.resolve(first.path()).toFile());
    assertThat(stored.getRGB(3, 3)).isEqualTo(FakePainter.picture(7).toBuffered().getRGB(3, 3));
  }

  @Test
  void aRestartDrawsOnlyWhatIsMissing() throws IOException {
    var first = draw(new FakePainter("m1"), 7);
    Files.delete(folder.resolve(PREFIX + "/beach-02.png"));

    var again = new FakePainter("m1");
    var finished = draw(again, 7);

    assertThat(again.drawn()).containsExactly("beach-02");
    assertThat(finished).isEqualTo(first);
  }

  @Test
  void aDamagedPictureIsDrawnAgainTogetherWithItsBatch() throws IOException {
    var first = draw(new FakePainter("m1"), 7);
    Files.writeString(folder.resolve(PREFIX + "/suit-01.png"), "half a pict");

    var again = new FakePainter("m1");
    var finished = draw(again, 7);

    assertThat(again.drawn()).containsExactly("suit-00", "suit-01");
    assertThat(finished).isEqualTo(first);
  }

  @Test
  void anotherModelOrSeedDrawsEverythingAnew() {
    draw(new FakePainter("m1"), 7);

    var otherModel = new FakePainter("m2");
    draw(otherModel, 7);
    var otherSeed = new FakePainter("m2");
    draw(otherSeed, 70);

    assertThat(otherModel.drawn()).hasSize(6);
    assertThat(otherSeed.drawn()).hasSize(6);
  }

  @Test
  void aBlockedPictureIsNeverWrittenAndNotDrawnAgain() {
    nudity = 0.9;

    var finished = draw(new FakePainter("m1"), 7);
    var again = new FakePainter("m1");
    var remembered = draw(again, 7);

    assertThat(finished)
        .allMatch(picture -> picture.verdict() == Verdict.Blocked)
        .allMatch(picture -> picture.file().isEmpty() && picture.picture().isEmpty());
    assertThat(finished.get(0).judged())
        .contains(
            new PictureVerdict(
                OutputCheck.Verdict.BLOCK, 0.9, "fixed", "nudity score 0.90, blocked from 0.80"));
    assertThat(remembered).isEqualTo(finished);
    assertThat(store.list(PREFIX)).noneMatch(entry -> entry.key().endsWith(".png"));
    assertThat(again.drawn()).isEmpty();
  }

  @Test
  void aDoubtfulPictureIsWrittenAndMarked() {
    nudity = 0.5;

    assertThat(draw(new FakePainter("m1"), 7))
        .allMatch(picture -> picture.verdict() == Verdict.Review)
        .allMatch(picture -> picture.file().isPresent());
  }

  @Test
  void aPictureOfNoNumbersFailsAloneAndIsTriedAgainNextTime() {
    long seed = FakePainter.BROKEN_SEED - 1;

    var finished = draw(new FakePainter("m1"), seed);
    var again = new FakePainter("m1");
    draw(again, seed);

    assertThat(finished.stream().filter(p -> p.verdict() == Verdict.Failed))
        .extracting(picture -> picture.planned().name())
        .containsExactly("suit-01", "beach-01");
    assertThat(finished.stream().filter(p -> p.verdict() == Verdict.Written)).hasSize(4);
    assertThat(again.drawn()).containsExactly("suit-00", "suit-01", "beach-00", "beach-01");
  }

  @Test
  void aStopKeepsWhatIsFinishedAndTheNextRunGoesOn() {
    var interrupted = new FakePainter("m1", group -> stop.stop("SIGTERM"));

    assertThatThrownBy(() -> draw(interrupted, 7))
        .isInstanceOf(StageFailure.Checkpointed.class)
        .hasMessageContaining("2 of 6 pictures finished");
    assertThat(store.list(PREFIX)).hasSize(4);
  }

  private List<FinishedPicture> draw(FakePainter painter, long seed) {
    var shelf = new PictureShelf(store, PREFIX, painter.digest(), PictureRunTest::png);
    var check = new OutputCheck(new Score(), 0.8, 0.3);
    var prompts =
        List.of(
            new Prompt("suit", "photo of a {subject} in a suit", ""),
            new Prompt("beach", "photo of a {subject} at the beach", ""));
    var planned = new PicturePlan(prompts, "sks woman", 3, seed).all();
    var finished = new ArrayList<FinishedPicture>();
    new PictureRun(painter, shelf, check, progress, stop)
        .draw("drawing pictures", planned, finished::add);
    return finished;
  }

  private static byte[] png(PlannedPicture planned, RgbImage picture) {
    try {
      var bytes = new ByteArrayOutputStream();
      ImageIO.write(picture.toBuffered(), "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
