package dev.atelier.runtime.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.ClipPainter.Packing;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VideoReaderTest {

  private static final Path HEVC = Path.of("src/test/resources/video/hevc.mov");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Packing.class)
  void everyFrameOfOrdinaryFilesIsReadInItsPlaceAndTime(Packing packing) throws IOException {
    var painted = new ClipPainter(160, 96).ball(12, 1);
    var file = painted.write(folder.resolve("film"), packing);

    var frames = frames(file, Integer.MAX_VALUE);

    assertThat(frames).hasSize(12);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).seconds()).isCloseTo(i / 24.0, within(2e-3));
      assertThat(difference(frames.get(i).picture(), RgbImage.of(painted.frame(i))))
          .as("frame %d of %s", i, packing)
          .isLessThan(8);
    }
  }

  @Test
  void hevcAsPhonesRecordItIsReadAndShownUprightAsFfmpegShowsIt() throws IOException {
    try (var reader = VideoReader.open(HEVC)) {
      assertThat(reader.traits().codec()).isEqualTo("hevc");
      assertThat(reader.traits().sound()).isTrue();
      assertThat(List.of(reader.traits().width(), reader.traits().height()))
          .containsExactly(64, 96);
    }
    var frames = frames(HEVC, Integer.MAX_VALUE);
    assertThat(frames).hasSize(12);
    var picture = frames.get(0).picture();
    assertThat(picture.at(16, 80, 0)).as("red at the bottom left").isGreaterThan(200);
    assertThat(picture.at(16, 80, 2)).isLessThan(60);
    assertThat(picture.at(16, 16, 0)).as("gray at the top left").isBetween(110f, 145f);
  }

  @Test
  void soundIsToldAndLeftAlone() throws IOException {
    var file =
        new ClipPainter(160, 96)
            .ball(12, 1)
            .withSound()
            .write(folder.resolve("a"), Packing.H264_MP4);

    try (var reader = VideoReader.open(file)) {
      assertThat(reader.traits().sound()).isTrue();
    }
    assertThat(frames(file, Integer.MAX_VALUE)).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({"0, 20, 20", "90, 20, 140", "180, 140, 76", "-90, 76, 20"})
  void aTurnedPhoneGivesAnUprightPicture(double degrees, int x, int y) throws IOException {
    // The red corner is at the top left of what is stored; the display matrix turns anticlockwise.
    var file =
        new ClipPainter(160, 96)
            .paint(
                6,
                (canvas, i) -> {
                  canvas.setColor(Color.RED);
                  canvas.fillRect(0, 0, 40, 40);
                })
            .turned(degrees)
            .write(folder.resolve("phone"), Packing.H264_MOV);

    try (var reader = VideoReader.open(file)) {
      var picture = reader.next().orElseThrow().picture();
      assertThat(List.of(reader.traits().width(), reader.traits().height()))
          .containsExactly(picture.width(), picture.height());
      assertThat(picture.at(x, y, 0)).isGreaterThan(200);
      assertThat(picture.at(picture.width() - 1 - x, picture.height() - 1 - y, 0)).isLessThan(50);
    }
  }

  @Test
  void framesAreReducedWhileTheyAreDecoded() throws IOException {
    var painted = new ClipPainter(640, 360).ball(3, 2);
    var file = painted.write(folder.resolve("large"), Packing.H264_MP4);

    var frame = frames(file, 320).get(0).picture();

    assertThat(List.of(frame.width(), frame.height())).containsExactly(320, 180);
  }

  @Test
  void aVariableFrameRateBecomesAnEvenOneByTimestamps() throws IOException {
    // One frame per second at first, then ten per second; each shows its own brightness.
    double[] times = {0, 1, 2, 2.1, 2.2, 2.3, 2.4, 2.5};
    var file =
        new ClipPainter(64, 64)
            .paint(
                times.length,
                (canvas, i) -> {
                  canvas.setColor(new Color(30 * i, 30 * i, 30 * i));
                  canvas.fillRect(0, 0, 64, 64);
                })
            .at(frame -> times[frame])
            .write(folder.resolve("uneven"), Packing.H264_MP4);

    var even = new Timeline(0, 4, 10).read(file, UnaryOperator.identity());

    assertThat(even.stream().map(frame -> Math.round(frame.at(32, 32, 0) / 30)).toList())
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 4);
  }

  @Test
  void aClipLateInALongFileIsTheSameAsReadFromTheBeginning() throws IOException {
    var painted = new ClipPainter(96, 64).ball(24 * 14, 3);
    var file = painted.write(folder.resolve("long"), Packing.H264_MP4);

    var late = new Timeline(12.5, 24, 5).read(file, UnaryOperator.identity());

    var all = frames(file, Integer.MAX_VALUE);
    for (int i = 0; i < 5; i++) {
      assertThat(late.get(i)).isEqualTo(all.get(300 + i).picture());
    }
  }

  @Test
  void aClipThatReachesBeyondTheEndIsRefused() {
    var file = new ClipPainter(96, 64).ball(24, 3).write(folder.resolve("one"), Packing.H264_MP4);

    assertThatThrownBy(() -> new Timeline(0, 24, 49).read(file, UnaryOperator.identity()))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("ends after 25 of the 49 frames");
  }

  @Test
  void aFileThatIsNoVideoSaysWhatToDo() throws IOException {
    var text = Files.writeString(folder.resolve("notes.mp4"), "this is no film");
    var empty = Files.createFile(folder.resolve("empty.mp4"));

    assertThatThrownBy(() -> VideoReader.open(text))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("export it again as MP4");
    assertThatThrownBy(() -> VideoReader.open(empty)).hasMessageContaining("the file is empty");
  }

  @Test
  void losslessClipsKeepEveryPixelAndTheSameBytes() throws IOException {
    var painted = new ClipPainter(96, 64).ball(5, 4);
    var pictures = new ArrayList<RgbImage>();
    for (int i = 0; i < 5; i++) {
      pictures.add(RgbImage.of(painted.frame(i)));
    }
    var one = folder.resolve("one.mkv");
    var other = folder.resolve("other.mkv");

    LosslessClip.write(one, pictures, 24);
    LosslessClip.write(other, pictures, 24);

    assertThat(frames(one, Integer.MAX_VALUE).stream().map(VideoFrame::picture).toList())
        .isEqualTo(pictures);
    assertThat(one).hasSameBinaryContentAs(other);
  }

  private static List<VideoFrame> frames(Path file, int edge) throws IOException {
    try (var reader = VideoReader.open(file, edge)) {
      var frames = new ArrayList<VideoFrame>();
      for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        frames.add(frame.get());
      }
      return frames;
    }
  }

  private static double difference(RgbImage one, RgbImage other) {
    assertThat(List.of(one.width(), one.height()))
        .isEqualTo(List.of(other.width(), other.height()));
    double sum = 0;
    for (int i = 0; i < one.values().length; i++) {
      sum += Math.abs(one.values()[i] - other.values()[i]);
    }
    return sum / one.values().length;
  }
}
