package dev.atelier.runtime.perception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The five landmarks of a face come to where ArcFace's networks expect them. */
class ArcFaceAlignmentTest {
  /** InsightFace's template; the middle of the first pixel is 0. */
  private static final List<Point> TEMPLATE =
      List.of(
          new Point(38.2946, 51.6963),
          new Point(73.5318, 51.5014),
          new Point(56.0252, 71.7366),
          new Point(41.5493, 92.3655),
          new Point(70.7299, 92.2041));

  /**
   * scikit-image 0.26, {@code SimilarityTransform.estimate} (Umeyama) of the landmarks less half a
   * pixel on the template.
   */
  @Test
  void theSimilarityIsThatOfUmeyama() {
    assertBrought(
        landmarks(208.4, 95.2, 239.9, 92.6, 224.6, 113.8, 212.1, 128.7, 238.2, 126.3),
        landmarks(
            38.028, 52.2655, 74.7976, 50.9717, 55.8435, 74.7822, 40.491, 91.4211, 70.9707,
            90.0634));
    assertBrought(
        landmarks(301.2, 410.7, 402.9, 466.1, 329.4, 488.8, 263.7, 515.2, 345.8, 560.4),
        landmarks(
            35.7275, 52.7228, 75.0407, 53.6935, 56.3547, 71.9459, 40.5987, 90.107, 72.4092,
            91.0346));
  }

  private static void assertBrought(Landmarks in, Landmarks expected) {
    var similarity = new ArcFaceAlignment(112).toSquare(in);
    for (int i = 0; i < 5; i++) {
      var at = in.points().get(i);
      var brought = similarity.apply(at.x(), at.y());
      assertThat(brought.x() - 0.5).isCloseTo(expected.points().get(i).x(), Offset.offset(1e-3));
      assertThat(brought.y() - 0.5).isCloseTo(expected.points().get(i).y(), Offset.offset(1e-3));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 112", "2.3, 20, 112", "0.8, -35, 112", "3.7, 170, 112", "1.4, 12, 224"})
  void spotsOnTheLandmarksAreFoundOnTheTemplate(double scale, double degrees, int side) {
    double turn = Math.toRadians(degrees);
    var toPicture =
        new Similarity(
            scale * Math.cos(turn),
            scale * Math.sin(turn),
            300 - 56 * scale * (Math.cos(turn) - Math.sin(turn)),
            300 - 56 * scale * (Math.sin(turn) + Math.cos(turn)));
    var places = TEMPLATE.stream().map(at -> toPicture.apply(at.x() + 0.5, at.y() + 0.5)).toList();
    var face =
        new Face(
            new Region(0, 0, 1, 1),
            1,
            new Landmarks(
                places.get(0), places.get(1), places.get(2), places.get(3), places.get(4)));

    var cut = new ArcFaceAlignment(side).cut(spots(places, 2 * scale), face);

    assertThat(cut.width()).isEqualTo(side);
    double factor = side / 112.0;
    for (var at : TEMPLATE) {
      var found = centroid(cut, at.scaled(factor), (int) (7 * factor));
      assertThat(found.distance(at.scaled(factor))).isLessThan(0.5);
    }
  }

  @Test
  void theWayBackUndoesASimilarity() {
    var there = new Similarity(1.3, -0.4, 17, -5);
    var at = there.apply(12, 34);
    var back = there.inverse().apply(at.x(), at.y());

    assertThat(back.distance(new Point(12, 34))).isLessThan(1e-9);
  }

  private static RgbImage spots(List<Point> places, double radius) {
    int edge = 600;
    var values = new float[edge * edge * 3];
    for (int i = 0; i < edge * edge; i++) {
      var pixel = new Point(i % edge + 0.5, i / edge + 0.5);
      double light =
          places.stream()
              .mapToDouble(at -> Math.exp(-Math.pow(at.distance(pixel) / radius, 2) / 2))
              .sum();
      for (int channel = 0; channel < 3; channel++) {
        values[3 * i + channel] = (float) Math.min(255, 255 * light);
      }
    }
    return new RgbImage(edge, edge, values);
  }

  /** The middle of the light around a place; the middle of the first pixel is 0. */
  private static Point centroid(RgbImage picture, Point around, int reach) {
    double sum = 0;
    double x = 0;
    double y = 0;
    int middleX = (int) Math.round(around.x());
    int middleY = (int) Math.round(around.y());
    for (int row = middleY - reach; row <= middleY + reach; row++) {
      for (int column = middleX - reach; column <= middleX + reach; column++) {
        double light = picture.at(column, row, 0);
        sum += light;
        x += light * column;
        y += light * row;
      }
    }
    return new Point(x / sum, y / sum);
  }

  private static Landmarks landmarks(double... xy) {
    return new Landmarks(
        new Point(xy[0], xy[1]),
        new Point(xy[2], xy[3]),
        new Point(xy[4], xy[5]),
        new Point(xy[6], xy[7]),
        new Point(xy[8], xy[9]));
  }
}
