package dev.atelier.runtime.perception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.SamplePhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped models on photographs of real people. */
class PortraitsTest {
  private static Perception perception;

  @BeforeAll
  static void load() {
    perception = SamplePhotos.forPhotographs();
  }

  @AfterAll
  static void unload() {
    perception.close();
  }

  @ParameterizedTest
  @CsvSource({
    "astronaut.png,224,114",
    "biden.jpg,543,311",
    "obama.jpg,488,236",
    "obama2.jpg,339,411"
  })
  void aPortraitShowsOneFaceWithTheEyesAboveTheMouth(String name, int noseX, int noseY)
      throws IOException {
    var faces = perception.detector().detect(picture(name));

    assertThat(faces).hasSize(1);
    var points = faces.get(0).landmarks();
    double size = faces.get(0).box().width();
    assertThat(points.nose().x()).isCloseTo(noseX, Offset.offset(size / 4));
    assertThat(points.nose().y()).isCloseTo(noseY, Offset.offset(size / 3));
    assertThat(points.leftEye().x()).isLessThan(points.rightEye().x());
    assertThat(points.leftEye().y()).isLessThan(points.nose().y());
    assertThat(points.nose().y()).isLessThan(points.leftMouth().y());
  }

  /** Widths of the picture that make the face 100 to 700 pixels wide. */
  @ParameterizedTest
  @ValueSource(ints = {400, 800, 1600, 2800})
  void aFaceIsFoundAtAnySize(int width) throws IOException {
    var portrait = picture("obama.jpg");
    double factor = (double) width / portrait.width();
    var resized = Resize.to(portrait, width, (int) (portrait.height() * factor), Filter.BICUBIC);
    var faces = perception.detector().detect(side(3000, 4000, 100, resized));

    assertThat(faces).hasSize(1);
    assertThat(faces.get(0).landmarks().nose().x())
        .isCloseTo(100 + 488 * factor, Offset.offset(60 * factor));
  }

  @ParameterizedTest
  @CsvSource({"0.25,1", "0.6,2"})
  void passersByDoNotCount(double size, int count) throws IOException {
    var portrait = picture("obama.jpg");
    var other =
        Resize.to(
            picture("biden.jpg"),
            (int) (size * portrait.width()),
            (int) (size * portrait.height()),
            Filter.BICUBIC);
    int width = portrait.width() + other.width();

    assertThat(perception.detector().detect(side(width, portrait.height(), 0, portrait, other)))
        .hasSize(count);
  }

  /** Pictures side by side on black. */
  private static RgbImage side(int width, int height, int left, RgbImage... pictures) {
    var canvas = new float[width * height * 3];
    for (var picture : pictures) {
      int row = 3 * picture.width();
      for (int y = 0; y < picture.height(); y++) {
        System.arraycopy(picture.values(), y * row, canvas, 3 * (y * width + left), row);
      }
      left += picture.width();
    }
    return new RgbImage(width, height, canvas);
  }

  @Test
  void onePersonIsNearAndOthersAreFar() throws IOException {
    var obama = embedding("obama.jpg");

    assertThat(obama.distance(embedding("obama2.jpg"))).isLessThan(0.5);
    assertThat(obama.distance(embedding("biden.jpg"))).isGreaterThan(0.6);
    assertThat(obama.distance(embedding("astronaut.png"))).isGreaterThan(0.6);
    assertThat(embedding("biden.jpg").distance(embedding("astronaut.png"))).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @CsvSource({"astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg"})
  void dressedPeopleScoreLowForNudity(String name) throws IOException {
    assertThat(perception.nudity().score(picture(name))).isBetween(0.0, 0.1);
  }

  @Test
  void aFileThatIsNoModelIsNamed(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("mine.onnx"), "not a network");

    assertThatThrownBy(() -> new OpenNsfw(ModelFile.at(file), 1))
        .isInstanceOf(PerceptionException.class)
        .hasMessageContaining("mine.onnx")
        .hasMessageContaining("not a model that ONNX Runtime can load");
    assertThatThrownBy(() -> new OpenNsfw(ModelFile.at(folder.resolve("absent.onnx")), 1))
        .isInstanceOf(PerceptionException.class)
        .hasMessageContaining("cannot read the perception model");
  }

  @Test
  void anotherArchitectureIsToldByItsInputAndHowToNameItIsSaid() {
    assertThatThrownBy(() -> new DlibEmbedder(ModelFile.shipped("open_nsfw.onnx"), "wrong", 1))
        .isInstanceOf(PerceptionException.class)
        .hasMessageContaining("open_nsfw.onnx")
        .hasMessageContaining("dlib's network [n, 3, 150, 150]")
        .hasMessageContaining("spec.perception.faceEmbedding.model");
  }

  private static Embedding embedding(String name) throws IOException {
    var picture = picture(name);
    return perception.embedder().embed(picture, perception.detector().detect(picture).get(0));
  }

  private static RgbImage picture(String name) throws IOException {
    return RgbImage.of(ImageIO.read(SamplePhotos.resource("photos/" + name).toFile()));
  }
}
