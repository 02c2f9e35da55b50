package dev.atelier.runtime.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.image.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoWriterTest {
  private static final int FRAMES = 25;

  @Test
  void aClipComesBackFrameByFrameAtItsRateAndLength(@TempDir Path folder) throws IOException {
    var file = written(folder.resolve("clip.mp4"), 160, 96);

    var read = new ArrayList<VideoFrame>();
    try (var reader = VideoReader.open(file)) {
      assertThat(reader.traits().codec()).isEqualTo("h264");
      assertThat(reader.traits().width()).isEqualTo(160);
      assertThat(reader.traits().height()).isEqualTo(96);
      assertThat(reader.traits().framesPerSecond()).isEqualTo(24);
      assertThat(reader.traits().seconds()).isCloseTo(FRAMES / 24.0, Offset.offset(1e-3));
      assertThat(reader.traits().sound()).isFalse();
      for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        read.add(frame.get());
      }
    }
    assertThat(read).hasSize(FRAMES);
    assertThat(read.get(24).seconds()).isCloseTo(1, Offset.offset(1e-3));
    for (int i = 0; i < FRAMES; i++) {
      assertThat(meanDifference(read.get(i).picture(), frame(160, 96, i))).isLessThan(4);
    }
  }

  @Test
  void theIndexStandsBeforeThePicturesAndTheMarkBehindThem(@TempDir Path folder)
      throws IOException {
    var file = written(folder.resolve("clip.mp4"), 64, 64);

    assertThat(boxes(file)).containsSubsequence("ftyp", "moov", "mdat", "uuid");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("trainedAlgorithmicMedia")
        .contains("made by a model");
  }

  @Test
  void theSameFramesAreTheSameBytes(@TempDir Path folder) throws IOException {
    var one = written(folder.resolve("one.mp4"), 64, 64);
    var two = written(folder.resolve("two.mp4"), 64, 64);

    assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
  }

  @Test
  void anOddSizeIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> VideoWriter.open(folder.resolve("clip.mp4"), 63, 64, 24, Map.of()))
        .isInstanceOf(VideoException.class)
        .hasMessage("a video of 63x64 cannot be written: H.264 needs an even width and height");
  }

  @Test
  void aFrameOfAnotherSizeIsRefusedWithItsNumber(@TempDir Path folder) throws IOException {
    try (var writer = VideoWriter.open(folder.resolve("clip.mp4"), 64, 64, 24, Map.of())) {
      writer.write(frame(64, 64, 0));

      assertThatThrownBy(() -> writer.write(frame(64, 32, 1)))
          .isInstanceOf(VideoException.class)
          .hasMessage("frame 1 is 64x32 in a video of 64x64");
    }
  }

  @Test
  void aPreviewIsAnAnimatedWebpThatRepeatsForEver(@TempDir Path folder) throws IOException {
    var file = folder.resolve("preview.webp");
    var small = List.of(frame(64, 48, 0), frame(64, 48, 12), frame(64, 48, 24));

    AnimatedPreview.write(file, small, 12);

    var bytes = Files.readAllBytes(file);
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("RIFF").contains("WEBPVP8X").contains("ANIM");
    assertThat(text.split("ANMF", -1)).hasSize(4);
    // Two bytes behind the background colour: how often it plays, 0 for ever.
    int anim = text.indexOf("ANIM") + 8 + 4;
    assertThat(bytes[anim] + bytes[anim + 1]).isZero();
    assertThat(AnimatedPreview.small(frame(1280, 720, 0)).width()).isEqualTo(320);
  }

  private static Path written(Path file, int width, int height) throws IOException {
    var texts = Map.of("comment", "made by a model");
    try (var writer = VideoWriter.open(file, width, height, 24, texts)) {
      for (int i = 0; i < FRAMES; i++) {
        writer.write(frame(width, height, i));
      }
      writer.finish("<x>http://cv.iptc.org/.../trainedAlgorithmicMedia</x>");
    }
    return file;
  }

  /** A bright square that moves over a dark slope. */
  private static RgbImage frame(int width, int height, int index) {
    var values = new float[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean square = x >= index && x < index + 16 && y >= 8 && y < 24;
        int at = (y * width + x) * 3;
        values[at] = square ? 220 : 40 + x % 64;
        values[at + 1] = square ? 200 : 60;
        values[at + 2] = square ? 60 : 80;
      }
    }
    return new RgbImage(width, height, values);
  }

  private static double meanDifference(RgbImage one, RgbImage other) {
    double sum = 0;
    for (int i = 0; i < one.values().length; i++) {
      sum += Math.abs(one.values()[i] - other.values()[i]);
    }
    return sum / one.values().length;
  }

  /** The types of the file's boxes in their order (ISO/IEC 14496-12, section 4.2). */
  private static List<String> boxes(Path file) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    var types = new ArrayList<String>();
    while (bytes.remaining() >= 8) {
      int at = bytes.position();
      int size = bytes.getInt();
      var type = new byte[4];
      bytes.get(type);
      types.add(new String(type, StandardCharsets.US_ASCII));
      bytes.position(at + size);
    }
    return types;
  }
}
