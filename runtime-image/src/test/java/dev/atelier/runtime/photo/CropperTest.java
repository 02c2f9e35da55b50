package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Face;
import dev.atelier.runtime.perception.Landmarks;
import dev.atelier.runtime.perception.Point;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropperTest {

  private static final CropShape SQUARE = CropShape.square(512);

  @Test
  void aPortraitKeepsItsWholeSquare() {
    assertThat(CropPlan.of(256, 256, face(80, 66, 100, 130), SQUARE))
        .isEqualTo(new Region(0, 0, 256, 256));
  }

  @Test
  void aSmallFaceIsBroughtToHeadAndShoulders() {
    var square = CropPlan.of(4000, 3000, face(2000, 800, 300, 420), SQUARE);

    assertThat(square.width()).isCloseTo(1000, Offset.offset(1.0));
    assertThat(square.centreX()).isCloseTo(2150, Offset.offset(1.0));
    assertThat(square.centreY()).isBetween(1010.0, 1060.0);
  }

  @Test
  void aTallCropShowsMoreBelowTheHeadAndAWideOneMoreBesideIt() {
    var face = face(2000, 800, 300, 420);
    var tall = CropPlan.of(4000, 3000, face, new CropShape(384, 512));
    var wide = CropPlan.of(4000, 3000, face, new CropShape(512, 384));

    assertThat(tall.width()).isCloseTo(1000, Offset.offset(1.0));
    assertThat(tall.height()).isCloseTo(1333, Offset.offset(1.0));
    assertThat(tall.bottom() - face.box().bottom())
        .isGreaterThan(2 * (face.box().top() - tall.top()));
    assertThat(wide.height()).isCloseTo(1000, Offset.offset(1.0));
    assertThat(wide.centreX()).isCloseTo(2150, Offset.offset(1.0));
  }

  @Test
  void aPortraitPhotoOfItsShapeStaysWhole() {
    assertThat(CropPlan.of(300, 400, face(90, 66, 120, 160), new CropShape(48, 64)))
        .isEqualTo(new Region(0, 0, 300, 400));
  }

  @ParameterizedTest
  @CsvSource({
    "4000,3000,10,20,300,420",
    "4000,3000,3650,2500,300,420",
    "910,1137,368,77,242,344",
    "300,400,30,60,240,330",
    "200,800,40,300,150,220",
    "256,256,10,100,100,130"
  })
  void theHeadIsNeverCut(int width, int height, double left, double top, double wide, double high) {
    var face = face(left, top, wide, high);
    var head = CropPlan.head(face).within(width, height);
    for (var shape : AspectBuckets.of(512, true).shapes()) {
      var part = CropPlan.of(width, height, face, shape);

      assertThat(part.width() / part.height())
          .isCloseTo((double) shape.width() / shape.height(), Offset.offset(1e-9));
      assertThat(part.left()).as("%s", shape).isLessThanOrEqualTo(head.left() + 1e-9);
      assertThat(part.top()).as("%s", shape).isLessThanOrEqualTo(head.top() + 1e-9);
      assertThat(part.right()).as("%s", shape).isGreaterThanOrEqualTo(head.right() - 1e-9);
      assertThat(part.bottom()).as("%s", shape).isGreaterThanOrEqualTo(head.bottom() - 1e-9);
    }
  }

  @ParameterizedTest
  @CsvSource({"64,64", "56,72", "80,48"})
  void aCropHasTheSizeOfItsShapeEvenWhereTheHeadReachesTheEdge(int width, int height) {
    var picture = new RgbImage(60, 40, new float[60 * 40 * 3]);

    var crop = Cropper.crop(picture, face(20, 1, 24, 38), new CropShape(width, height));

    assertThat(crop.width()).isEqualTo(width);
    assertThat(crop.height()).isEqualTo(height);
  }

  private static Face face(double left, double top, double width, double height) {
    var middle = new Point(left + width / 2, top + height / 2);
    return new Face(
        new Region(left, top, left + width, top + height),
        1,
        new Landmarks(middle, middle, middle, middle, middle));
  }
}
