package dev.atelier.runtime.perception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.SamplePhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Face embeddings of the user's own, as ONNX files that other tools wrote. */
class FolderEmbedderTest {
  private static final Path ARCFACE = SamplePhotos.resource("faces/arcface");
  private static final String DLIB =
      """
      {"size": {"height": 150, "width": 150}, "face_alignment": "dlib", "rescale_factor": 1,
       "image_mean": [0, 0, 0], "image_std": [1, 1, 1]}
      """;
  private static final String BOX =
      """
      {"size": {"height": 8, "width": 8}, "face_alignment": "box", "face_margin": 0.5,
       "resample": 2, "image_mean": [0, 0, 0], "image_std": [1, 1, 1]}
      """;

  private static final Face IN_THE_ASTRONAUT =
      new Face(
          new Region(180, 60, 270, 150),
          1,
          new Landmarks(
              new Point(208.4, 95.2),
              new Point(239.9, 92.6),
              new Point(224.6, 113.8),
              new Point(212.1, 128.7),
              new Point(238.2, 126.3)));

  /**
   * What scikit-image 0.26 (Umeyama's transform, bilinear warp) and onnxruntime 1.23 make of the
   * same photo, landmarks and network, brought to length 1.
   */
  private static final float[] PYTHON = {
    0.14096f, -0.10819f, -0.12191f, -0.11585f, -0.21487f, -0.08038f, 0.37505f, -0.10799f,
    -0.12982f, 0.35712f, -0.14895f, -0.03536f, 0.16205f, -0.13511f, 0.04859f, 0.21042f,
    -0.14918f, 0.12521f, -0.11701f, -0.40185f, 0.08332f, 0.28257f, -0.03734f, 0.02413f,
    -0.13498f, 0.01394f, -0.14977f, 0.12081f, -0.22862f, 0.16309f, -0.10896f, 0.16780f
  };

  @TempDir private Path folder;

  @Test
  void anArcFaceNetworkGivesWhatItGivesInPython() throws IOException {
    try (var embedder = FolderEmbedder.open(ARCFACE, "tiny 123", 1)) {
      var embedding = embedder.embed(astronaut(), IN_THE_ASTRONAUT);

      assertThat(embedding.size()).isEqualTo(32);
      for (int i = 0; i < PYTHON.length; i++) {
        assertThat(embedding.at(i)).isCloseTo(PYTHON[i], Offset.offset(1e-3f));
      }
      assertThat(embedder.protocol())
          .isEqualTo("tiny 123, arcface alignment, bicubic 112 x 112, length 1");
    }
  }

  @Test
  void aNetworkThatReadsBlueFirstGetsIt() throws IOException {
    var json = Files.readString(ARCFACE.resolve("preprocessor_config.json"));
    model(
        Files.readAllBytes(ARCFACE.resolve("model.onnx")),
        json.replaceFirst("[{]", "{\"do_flip_channel_order\": true,"));
    try (var embedder = FolderEmbedder.open(folder, "tiny", 1)) {
      var embedding = embedder.embed(astronaut(), IN_THE_ASTRONAUT);

      assertThat(List.of(embedding.at(0), embedding.at(1), embedding.at(2), embedding.at(3)))
          .zipSatisfy(
              List.of(0.06817f, 0.02335f, -0.24453f, -0.14086f),
              (is, inPython) -> assertThat(is).isCloseTo(inPython, Offset.offset(1e-3f)));
      assertThat(embedder.protocol()).contains("112 x 112, BGR, length 1");
    }
  }

  @Test
  void theNetworkThatShipsSaysTheSameThroughAFolder() throws IOException {
    model(shipped("face_embedding_dlib128.onnx"), DLIB);
    try (var perception = SamplePhotos.forPhotographs();
        var embedder = FolderEmbedder.open(folder, "dlib", 1)) {
      for (var name : List.of("astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg")) {
        var picture = picture(name);
        var face = perception.detector().detect(picture).get(0);

        var built = perception.embedder().embed(picture, face);
        var own = embedder.embed(picture, face);

        assertThat(own.size()).isEqualTo(128);
        double length = length(built);
        double apart = 0;
        for (int i = 0; i < 128; i++) {
          apart += Math.pow(own.at(i) - built.at(i) / length, 2);
        }
        assertThat(Math.sqrt(apart)).as(name).isLessThan(0.005);
        assertThat(length(own)).isCloseTo(1, Offset.offset(1e-5));
        assertThatThrownBy(() -> built.distance(own))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("cannot be compared; read both with one model");
      }
    }
  }

  @Test
  void coloursComeInPlanesOrInPixelsAsTheInputSays() throws IOException {
    var picture = colours();
    var face = new Face(new Region(10, 10, 20, 20), 1, IN_THE_ASTRONAUT.landmarks());

    // the box with its margin is 5..25: of 20 columns the 5 left ones are red, the others blue
    double length = Math.hypot(5, 15);
    for (var pixels : List.of(false, true)) {
      TinyClipNetwork.write(
          folder.resolve("model.onnx"),
          pixels ? List.of(0, 8, 8, 3) : List.of(1, 3, 0, 0),
          pixels ? List.of(1, 2) : List.of(2, 3));
      Files.writeString(folder.resolve("preprocessor_config.json"), BOX);
      try (var embedder = FolderEmbedder.open(folder, "colours", 1)) {
        var embedding = embedder.embed(picture, face);

        assertThat(embedding.at(0)).isCloseTo((float) (5 / length), Offset.offset(0.02f));
        assertThat(embedding.at(1)).isZero();
        assertThat(embedding.at(2)).isCloseTo((float) (15 / length), Offset.offset(0.02f));
        assertThat(embedder.protocol())
            .isEqualTo("colours, box with margin 0.5, triangle 8 x 8, length 1");
      }
    }
  }

  @Test
  void aBoxOverTheEdgeIsCutThere() {
    var face = new Face(new Region(-10, 30, 12.7, 70), 1, IN_THE_ASTRONAUT.landmarks());

    var cut = new BoxCrop(0.1).cut(colours(), face);

    assertThat(cut.width()).isEqualTo(14);
    assertThat(cut.height()).isEqualTo(18);
    assertThat(cut.at(9, 0, 0)).isEqualTo(255);
    assertThat(cut.at(10, 0, 0)).isZero();
  }

  @Test
  void aFaceThatIsAllZerosToTheNetworkIsNoFace() throws IOException {
    TinyClipNetwork.write(folder.resolve("model.onnx"), List.of(1, 3, 8, 8), List.of(2, 3));
    Files.writeString(folder.resolve("preprocessor_config.json"), BOX);
    try (var embedder = FolderEmbedder.open(folder, "colours", 1)) {
      var black = new RgbImage(40, 40, new float[40 * 40 * 3]);

      assertThatThrownBy(() -> embedder.embed(black, IN_THE_ASTRONAUT))
          .isInstanceOf(PerceptionException.class)
          .hasMessageContaining("colours")
          .hasMessageContaining("compare image_mean, image_std and rescale_factor");
    }
  }

  /** Left of column 10 red, else blue. */
  private static RgbImage colours() {
    int edge = 44;
    var values = new float[edge * edge * 3];
    for (int i = 0; i < edge * edge; i++) {
      values[3 * i + (i % edge < 10 ? 0 : 2)] = 255;
    }
    return new RgbImage(edge, edge, values);
  }

  private void model(byte[] network, String config) throws IOException {
    Files.write(folder.resolve("model.onnx"), network);
    Files.writeString(folder.resolve("preprocessor_config.json"), config);
  }

  private static byte[] shipped(String name) {
    return ModelFile.shipped(name).bytes();
  }

  private static double length(Embedding embedding) {
    double sum = 0;
    for (int i = 0; i < embedding.size(); i++) {
      sum += embedding.at(i) * embedding.at(i);
    }
    return Math.sqrt(sum);
  }

  private static RgbImage astronaut() throws IOException {
    return picture("astronaut.png");
  }

  private static RgbImage picture(String name) throws IOException {
    return RgbImage.of(ImageIO.read(SamplePhotos.resource("photos/" + name).toFile()));
  }
}
