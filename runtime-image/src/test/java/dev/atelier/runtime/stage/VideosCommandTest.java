package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.caption.FileNameCaptions;
import dev.atelier.runtime.clip.ClipSettings;
import dev.atelier.runtime.stage.VideosCommand.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideosCommandTest {

  private static final ClipSettings SETTINGS =
      new ClipSettings(25, 24, 128, 64, 20, 0.2, true, true, true, 0.8);

  @TempDir private Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void films() throws IOException {
    Films.paint(root);
  }

  @Test
  void everyClipHasALineAndTheEndCounts() throws IOException {
    int code = run(root.resolve("videos"), Output.TEXT, Optional.empty());

    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("ball_on_a_wall-000 +Accepted +ball on a wall")
        .containsPattern("nothing_moves_here-000 +Static +it hardly moves")
        .containsPattern("same_ball_again-000 +NearDuplicate +nearly the same as ball_on_a_wall")
        .contains("8 clips: 5 Accepted, 1 Unreadable, 1 Static, 1 NearDuplicate");
  }

  @Test
  void jsonIsARecordForEachClipAndTheReportIsWrittenWhereItIsWanted() throws IOException {
    var report = root.resolve("clips.html");

    run(root.resolve("videos"), Output.JSON, Optional.of(report));

    var clips = new ObjectMapper().readTree(out.toByteArray());
    assertThat(clips).hasSize(8);
    assertThat(clips.path(1).path("caption").asText()).isEqualTo("ball on a wall");
    assertThat(report).content().contains("<h1>videos</h1>");
  }

  @Test
  void aFolderThatIsNoneIsToldPlainly() throws IOException {
    assertThat(run(root.resolve("nowhere"), Output.TEXT, Optional.empty())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("is no folder");
  }

  private int run(Path folder, Output output, Optional<Path> report) throws IOException {
    return new VideosCommand(SETTINGS, new FileNameCaptions(), Optional.empty())
        .report(
            folder,
            output,
            report,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
