package dev.atelier.runtime.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Face;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.portrait.DrawnHead;
import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.PortraitRenderer;
import dev.atelier.runtime.portrait.Scene;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No crop cuts a head with its hair, wherever the head really is in the photo. */
class WholeHeadsTest {

  private static final int EDGE = 256;
  private static final int PEOPLE = 160;
  private static final List<CropShape> SHAPES = AspectBuckets.of(512, true).shapes();

  private static final Perception PHOTOGRAPHS = SamplePhotos.forPhotographs();
  private static final Perception DRAWINGS = SamplePhotos.forDrawings();

  @AfterAll
  static void unload() {
    PHOTOGRAPHS.close();
    DRAWINGS.close();
  }

  @Test
  void ofDrawnPeopleOfEveryHairInEverySizeAndPlace() {
    int found = 0;
    int atTheEdge = 0;
    for (int seed = 0; seed < PEOPLE; seed++) {
      var person = Identity.of(seed);
      var scene = anywhere(seed);
      var where = DrawnHead.in(person, scene, EDGE);
      var faces = DRAWINGS.detector().detect(PortraitRenderer.draw(person, scene, EDGE));
      if (faces.isEmpty() || !isThatOf(where.face(), faces.get(0))) {
        continue; // no face, or a spot of cloth that intake would refuse
      }
      found++;
      atTheEdge += isAtTheEdge(where.head()) ? 1 : 0;
      assertWhole("person " + seed, EDGE, EDGE, faces.get(0), where.head());
    }
    assertThat(found).as("faces that were found").isGreaterThan(PEOPLE / 2);
    assertThat(atTheEdge).as("heads that touch the edge").isGreaterThan(PEOPLE / 4);
  }

  /** The heads were measured by eye, hair and ears included. */
  @ParameterizedTest
  @CsvSource({
    "obama.jpg,910,337,28,645,435",
    "obama2.jpg,626,195,163,545,655",
    "biden.jpg,970,380,75,760,590",
    "astronaut.png,1024,305,30,605,362"
  })
  void ofRealPeopleWhoseHeadIsInTheMiddleOrNearAnyEdge(
      String name, int width, int left, int top, int right, int bottom) throws IOException {
    var photo = RgbImage.of(Darkroom.resized(PhotoCase.photo(name), width));
    var head = new Region(left, top, right, bottom);
    for (double room : List.of(0.02, 0.3, 1.5)) {
      for (var side : List.of(List.of(-1, -1), List.of(1, -1), List.of(-1, 1), List.of(1, 1))) {
        var window = window(photo, head, room, side.get(0), side.get(1));
        var part =
            photo.part(
                (int) window.left(),
                (int) window.top(),
                (int) window.width(),
                (int) window.height());
        var inside =
            new Region(
                head.left() - window.left(),
                head.top() - window.top(),
                head.right() - window.left(),
                head.bottom() - window.top());
        var faces = PHOTOGRAPHS.detector().detect(part);
        assertThat(faces).as("%s, room %s, side %s", name, room, side).isNotEmpty();
        assertWhole(
            "%s, room %s, side %s".formatted(name, room, side),
            part.width(),
            part.height(),
            faces.get(0),
            inside);
      }
    }
  }

  private static void assertWhole(String what, int width, int height, Face face, Region head) {
    for (var shape : SHAPES) {
      var crop = CropPlan.of(width, height, face, shape);
      // Antialiasing spreads an edge over a pixel.
      assertThat(
              DoubleStream.of(
                  crop.left() - head.left(),
                  crop.top() - head.top(),
                  head.right() - crop.right(),
                  head.bottom() - crop.bottom()))
          .as("%s, %s: head %s, crop %s", what, shape, head, crop)
          .allMatch(cut -> cut <= 1);
    }
  }

  /**
   * A part of the photo with the head near a corner of it: a little room at two sides, as much as
   * asked for at the others, in sizes of the head.
   */
  private static Region window(RgbImage photo, Region head, double room, int across, int down) {
    double little = 0.02;
    double left = head.left() - head.width() * (across < 0 ? little : room);
    double right = head.right() + head.width() * (across < 0 ? room : little);
    double top = head.top() - head.height() * (down < 0 ? little : room);
    double bottom = head.bottom() + head.height() * (down < 0 ? room : little);
    return new Region(
        Math.floor(Math.max(0, left)),
        Math.floor(Math.max(0, top)),
        Math.ceil(Math.min(photo.width(), right)),
        Math.ceil(Math.min(photo.height(), bottom)));
  }

  private static Scene anywhere(int seed) {
    var random = new Random(seed);
    var scene = Scene.of(seed);
    var pose =
        new Scene.Pose(
            between(random, -110, 110),
            between(random, -110, 110),
            between(random, 0.4, 1.2),
            between(random, -15, 15));
    return new Scene(
        scene.garment(),
        scene.colour(),
        scene.place(),
        pose,
        scene.yaw(),
        scene.smile(),
        scene.light(),
        scene.exposure(),
        scene.details());
  }

  private static double between(Random random, double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  private static boolean isThatOf(Region drawn, Face face) {
    var box = face.box();
    return Math.abs(box.centreX() - drawn.centreX()) < drawn.width() / 2
        && Math.abs(box.centreY() - drawn.centreY()) < drawn.height() / 2
        && box.width() > 0.6 * drawn.width();
  }

  private static boolean isAtTheEdge(Region head) {
    return head.left() <= 0 || head.top() <= 0 || head.right() >= EDGE || head.bottom() >= EDGE;
  }
}
