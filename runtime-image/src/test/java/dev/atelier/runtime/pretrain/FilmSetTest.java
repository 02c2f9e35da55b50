package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.film.FilmCaptions;
import dev.atelier.runtime.film.FilmJudge;
import dev.atelier.runtime.film.FilmSubject;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.VideoReader;
import dev.atelier.runtime.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The films that samples/video tunes on, and how clips of a stage are watched. */
class FilmSetTest {

  private static final Path SHIPPED = Path.of("../samples/video/purple");

  @TempDir static Path folder;

  @Test
  void theSamplesFilesAreThoseThatTheCommandDraws() throws IOException {
    new FilmSet(folder).write();

    for (var kind : List.of("clips", "images")) {
      assertThat(names(files(folder.resolve(kind))))
          .hasSize(18)
          .isEqualTo(names(files(SHIPPED.resolve(kind))));
    }
    for (var picture : files(folder.resolve("images"))) {
      assertThat(picture)
          .hasSameBinaryContentAs(SHIPPED.resolve("images/" + picture.getFileName()));
    }
  }

  @Test
  void everyClipShowsWhatItsNameSaysAndNoneWhatThePromptsAskFor() throws IOException {
    for (var file : files(SHIPPED.resolve("clips"))) {
      var said = FilmCaptions.subject(file.getFileName().toString().replace('_', ' '));

      assertThat(said).isPresent().isEqualTo(FilmJudge.read(frames(file)));
      assertThat(FilmSubject.taught(true)).doesNotContain(said.orElseThrow());
    }
    assertThat(FilmSubject.taught(true)).hasSize(3);
  }

  @Test
  void clipsAreWatchedForWhatTheirTitlesAskFor() throws IOException {
    var clips = Files.createDirectories(folder.resolve("titled"));
    var film = frames(SHIPPED.resolve("clips/a_purple_ball_moving_up_on_a_grey_ground.mp4"));
    write(clips.resolve("right.mp4"), film, "a purple ball moving up on a grey ground");
    write(clips.resolve("wrong.mp4"), film, "a red ball moving up on a grey ground");
    write(clips.resolve("other.mp4"), film, "a cat in the rain");

    assertThat(AskedFilms.read(clips).counts()).isEqualTo(new FilmCounts(2, 1, 2, 2, 1));
  }

  @Test
  void aFolderWithoutClipsIsRefused() {
    assertThatThrownBy(() -> AskedFilms.read(folder.resolve("nothing")))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("name a model or the clips of a stage");
  }

  private static void write(Path file, List<RgbImage> frames, String title) throws IOException {
    try (var writer = VideoWriter.open(file, 128, 128, 24, Map.of("title", title))) {
      for (var frame : frames) {
        writer.write(frame);
      }
      writer.finish();
    }
  }

  private static List<RgbImage> frames(Path file) throws IOException {
    try (var reader = VideoReader.open(file)) {
      return reader.rest();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }
}
