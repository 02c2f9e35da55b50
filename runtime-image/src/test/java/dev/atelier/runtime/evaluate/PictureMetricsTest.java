package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.photo.SamplePhotos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PictureMetricsTest {

  private static Perception drawings;
  private static PersonPhotos ana;

  @BeforeAll
  static void readAnasPhotos() {
    drawings = SamplePhotos.forDrawings();
    var photos = IntStream.rangeClosed(2001, 2011).mapToObj(i -> ana("IMG_" + i + ".jpg")).toList();
    ana = PictureJudge.photos(drawings, photos, 0.40);
  }

  @AfterAll
  static void close() {
    drawings.close();
  }

  @Test
  void otherPhotosOfThePersonAreMoreLikeHerThanSomebodyElse() {
    var herself = metrics(ana("IMG_2012.jpg"), ana("IMG_2013.jpg"));
    var another = metrics(ana("IMG_2024_someone_else.jpg"));

    double same = value(herself.identitySimilarity("IdentitySimilarity"));
    double other = value(another.identitySimilarity("IdentitySimilarity"));
    double ceiling = value(herself.identityAmongPhotos("IdentitySimilarityPhotos"));

    assertThat(same).isGreaterThan(0.55).isLessThan(1);
    assertThat(other).isLessThan(0.5);
    assertThat(ceiling).isCloseTo(same, offset(0.15));
  }

  @Test
  void realPeopleAreToldApartOnTheSameScale() {
    try (var photographs = SamplePhotos.forPhotographs()) {
      var obama = PictureJudge.photos(photographs, List.of(real("obama.jpg")), 0.6);
      var judge = new PictureJudge(photographs, obama);

      var himself = judge.read("portrait", real("obama2.jpg"));
      var biden = judge.read("portrait", real("biden.jpg"));

      assertThat(himself.identity().orElseThrow()).isGreaterThan(0.55);
      assertThat(biden.identity().orElseThrow()).isLessThan(0.4);
    }
  }

  @Test
  void aPictureWithoutAFaceCountsAsNobody() {
    var metrics = metrics(ana("IMG_2012.jpg"), ana("IMG_2022_nobody.jpg"));
    var alone = metrics(ana("IMG_2012.jpg"));

    assertThat(value(metrics.faceDetection("FaceDetection"))).isEqualTo(0.5);
    assertThat(value(metrics.identitySimilarity("IdentitySimilarity")))
        .isCloseTo(value(alone.identitySimilarity("IdentitySimilarity")) / 2, offset(1e-9));
  }

  @Test
  void aCopiedPhotoIsNamedAsTheNearestAndCountsAsMemorised() {
    var copied = new PictureJudge(drawings, ana).read("suit", ana("IMG_2004.jpg"));

    assertThat(copied.nearest().orElseThrow().photo()).isEqualTo(3);
    assertThat(copied.nearest().orElseThrow().similarity()).isCloseTo(1, offset(1e-9));
    assertThat(copied.similarity().orElseThrow()).isLessThan(0.9);
  }

  @Test
  void theSamePictureTwiceIsNoDiversity() {
    var twice = metrics(ana("IMG_2012.jpg"), ana("IMG_2012.jpg"));
    var different = metrics(ana("IMG_2012.jpg"), ana("IMG_2013.jpg"));

    assertThat(value(twice.diversity("Diversity"))).isCloseTo(0, offset(1e-9));
    assertThat(value(different.diversity("Diversity"))).isGreaterThan(0.1);
  }

  @Test
  void withoutPhotosNothingIsGuessed() {
    var nobody = PictureJudge.photos(drawings, List.of(), 0.40);
    var picture = new PictureJudge(drawings, nobody).read("suit", ana("IMG_2012.jpg"));
    var metrics = new PictureMetrics(List.of(picture), nobody, "");

    assertThat(
            List.of(
                metrics.identitySimilarity("IdentitySimilarity"),
                metrics.imageSimilarity("ImageSimilarity"),
                metrics.memorisation("Memorisation"),
                metrics.diversity("Diversity")))
        .allSatisfy(reading -> assertThat(reading.text()).isEqualTo("NotMeasured"));
    assertThat(value(metrics.faceDetection("FaceDetection"))).isEqualTo(1);
  }

  private static PictureMetrics metrics(RgbImage... pictures) {
    var judge = new PictureJudge(drawings, ana);
    return new PictureMetrics(
        List.of(pictures).stream().map(picture -> judge.read("suit", picture)).toList(),
        ana,
        judge.protocol());
  }

  private static double value(Reading reading) {
    return ((Reading.Measured) reading).value();
  }

  private static RgbImage ana(String name) {
    return picture(SamplePhotos.ANA.resolve(name));
  }

  private static RgbImage real(String name) {
    return picture(SamplePhotos.resource("photos/" + name));
  }

  private static RgbImage picture(Path file) {
    try {
      return RgbImage.of(ImageIO.read(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
