package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AspectBucketsTest {

  @Test
  void withoutBucketsThereIsTheSquare() {
    assertThat(AspectBuckets.of(512, false).shapes()).containsExactly(new CropShape(512, 512));
  }

  @Test
  void theShapesOfStableDiffusion() {
    assertThat(AspectBuckets.of(512, true).shapes())
        .containsExactly(
            new CropShape(384, 640),
            new CropShape(448, 576),
            new CropShape(512, 512),
            new CropShape(576, 448),
            new CropShape(640, 384));
  }

  @ParameterizedTest
  @ValueSource(ints = {72, 264, 512, 520, 536, 600, 1032})
  void thereIsOneSquare(int resolution) {
    assertThat(AspectBuckets.of(resolution, true).shapes())
        .filteredOn(shape -> shape.width() == shape.height())
        .containsExactly(CropShape.square(resolution));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 64, 96, 256, 512, 520, 768, 1024, 2048})
  void noShapeIsLargerThanTheSquareOrLongerThanTwiceItsWidth(int resolution) {
    for (var shape : AspectBuckets.of(resolution, true).shapes()) {
      assertThat((long) shape.width() * shape.height())
          .as("%s", shape)
          .isLessThanOrEqualTo((long) resolution * resolution);
      assertThat(Math.max(shape.width(), shape.height()))
          .as("%s", shape)
          .isLessThanOrEqualTo(2 * shape.shortEdge());
      assertThat(shape.width() % 8).isZero();
      assertThat(shape.height() % 8).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3024,4032,448,576", // a phone held upright
    "4032,3024,576,448",
    "1080,1920,384,640",
    "1000,1050,512,512",
    "100,1000,384,640"
  })
  void aPhotoTakesTheNearestShape(int width, int height, int shapeWidth, int shapeHeight) {
    assertThat(AspectBuckets.of(512, true).nearest(width, height))
        .isEqualTo(new CropShape(shapeWidth, shapeHeight));
  }
}
