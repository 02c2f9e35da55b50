package dev.atelier.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {

  @TempDir Path here;
  private CommandLineHarness cli = new CommandLineHarness(Path.of("."));

  @BeforeEach
  void inAFolder() {
    cli = new CommandLineHarness(here);
  }

  @Test
  void helpNamesWhatThereIsToDo() {
    assertThat(cli.run("pretrain", "--help")).isEqualTo(ExitStatus.DONE);
    assertThat(cli.out()).contains("model ", "reader ", "judge ", "watch ", "sheet ", "films ");
  }

  @Test
  void withoutACommandTheWayToTheHelpIsSaid() {
    assertThat(cli.run("pretrain")).isEqualTo(ExitStatus.USAGE);
    assertThat(cli.err()).contains("no command given", "./atelier pretrain --help");
  }

  @Test
  void aGpuThatIsNotThereIsSaidBeforeAnythingIsDrawn() {
    assumeTrue(Torch.gpus() == 0, "needs a machine without a GPU");

    assertThat(cli.run("pretrain", "model", "run", "--gpu")).isEqualTo(ExitStatus.FAILED);

    assertThat(cli.err()).contains("--gpu: libtorch", "sees no GPU", "docs/gpu.md");
    assertThat(here.resolve("run")).doesNotExist();
  }

  @Test
  void judgingNeedsTheReaderOfARun() {
    assertThat(cli.run("pretrain", "judge", "nowhere", "model")).isEqualTo(ExitStatus.FAILED);
    assertThat(cli.err()).contains("nowhere holds no reader", "drawn-reader");
    assertThat(here.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aSheetNeedsAModel() {
    assertThat(cli.run("pretrain", "sheet", "nowhere", "sheet.png")).isEqualTo(ExitStatus.FAILED);
    assertThat(cli.err()).contains("no model_index.json");
  }

  @Test
  void filmsAreDrawnIntoAFolder() {
    assertThat(cli.run("pretrain", "films", "purple")).isEqualTo(ExitStatus.DONE);
    assertThat(here.resolve("purple/clips/a_purple_ball_moving_up_on_a_grey_ground.mp4")).exists();
  }

  @Test
  void watchingNeedsAModelOrClips() {
    assertThat(cli.run("pretrain", "watch", "nowhere")).isEqualTo(ExitStatus.FAILED);
    assertThat(cli.err()).contains("neither a video model nor MP4 clips");
  }
}
