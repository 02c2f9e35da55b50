package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.local.workstation.Applier;
import dev.atelier.local.workstation.ManifestFiles;
import dev.atelier.runtime.film.FilmCaptions;
import dev.atelier.runtime.film.FilmJudge;
import dev.atelier.runtime.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code samples/video} as it is: a video model learns a colour. No model judges its clips. */
class WorkstationVideoSampleTest {

  private static final Path SAMPLE = WorkstationControlPlane.SAMPLES.resolve("video");

  @TempDir static Path folder;

  @Test
  void colourShapeAndDirectionAreRightInFourOfFiveClipsThatNoFilmShowed() throws IOException {
    try (var plane = WorkstationControlPlane.in(folder)) {
      var story = new Story(plane.client());

      assertThat(new Applier(plane.client()).apply(ManifestFiles.read(List.of(SAMPLE)))).isEmpty();

      var learnt = story.untilCondition("VideoGenerator", "purple", "Ready", "True");
      assertThat(learnt.at("/status/dataset/usable").asInt()).isEqualTo(36);
      var drawn = story.untilCondition("GenerationJob", "purple-clips", "Complete", "True");
      assertThat(drawn.at("/status/samples/produced").asInt()).isEqualTo(16);
      var clips = clips(plane.volume("artifacts"));
      assertThat(clips).hasSize(16);
      int right = 0;
      for (var clip : clips) {
        right += showsWhatItsPromptAsksFor(clip) ? 1 : 0;
      }
      assertThat(right).isGreaterThanOrEqualTo(13);
    }
  }

  private static boolean showsWhatItsPromptAsksFor(Path clip) throws IOException {
    try (var reader = VideoReader.open(clip)) {
      assertThat(reader.traits().width()).isEqualTo(128);
      var wanted = FilmCaptions.subject(reader.title());
      assertThat(wanted).isPresent();
      return wanted.equals(FilmJudge.read(reader.rest()));
    }
  }

  private static List<Path> clips(Path store) throws IOException {
    try (var files = Files.walk(store.resolve("default/GenerationJob"))) {
      return files.filter(file -> file.toString().endsWith(".mp4")).toList();
    }
  }
}
