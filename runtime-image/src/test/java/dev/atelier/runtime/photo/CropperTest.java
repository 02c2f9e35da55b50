package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.perception.Face;
import dev.atelier.runtime.perception.Landmarks;
import dev.atelier.runtime.perception.Point;
import java.io.IOException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropperTest {

  @Test
  void aPortraitKeepsItsWholeSquare() {
    assertThat(CropPlan.square(256, 256, face(80, 66, 100, 130)))
        .isEqualTo(new Region(0, 0, 256, 256));
  }

  @Test
  void aSmallFaceIsBroughtToHeadAndShoulders() {
    var square = CropPlan.square(4000, 3000, face(2000, 800, 300, 420));

    assertThat(square.width()).isCloseTo(1000, Offset.offset(1.0));
    assertThat(square.centreX()).isCloseTo(2150, Offset.offset(1.0));
    assertThat(square.centreY()).isBetween(1010.0, 1060.0);
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
    var square = CropPlan.square(width, height, face);
    var head = CropPlan.head(face).within(width, height);

    assertThat(square.width()).isCloseTo(square.height(), Offset.offset(1e-9));
    assertThat(square.left()).isLessThanOrEqualTo(head.left() + 1e-9);
    assertThat(square.top()).isLessThanOrEqualTo(head.top() + 1e-9);
    assertThat(square.right()).isGreaterThanOrEqualTo(head.right() - 1e-9);
    assertThat(square.bottom()).isGreaterThanOrEqualTo(head.bottom() - 1e-9);
  }

  @Test
  void acceptedPhotosBecomeSquaresOfTheTrainingResolution() throws IOException {
    try (var perception = SamplePhotos.forDrawings()) {
      var photos = PhotoFolder.photos(SamplePhotos.ANA).subList(0, 2);
      var report = new PhotoJudge(perception, SamplePhotos.drawings()).judge(photos);
      var cropper = new Cropper(new PhotoDecoder(DecodeLimits.defaults()));

      assertThat(report.accepted()).hasSize(2);
      for (var photo : report.accepted()) {
        var crop = cropper.crop(photo, 64);
        assertThat(crop.getWidth()).isEqualTo(64);
        assertThat(crop.getHeight()).isEqualTo(64);
      }
    }
  }

  private static Face face(double left, double top, double width, double height) {
    var middle = new Point(left + width / 2, top + height / 2);
    return new Face(
        new Region(left, top, left + width, top + height),
        1,
        new Landmarks(middle, middle, middle, middle, middle));
  }
}
