package dev.atelier.runtime.portrait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.RgbImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PortraitRendererTest {

  private static final int EDGE = 64;

  @Test
  void aSeedAlwaysDrawsTheSamePicture() {
    var once = PortraitRenderer.draw(Identity.of(7), Scene.of(11), EDGE);
    var again = PortraitRenderer.draw(Identity.of(7), Scene.of(11), EDGE);

    assertThat(once).isEqualTo(again);
    assertThat(PortraitRenderer.draw(Identity.of(8), Scene.of(11), EDGE)).isNotEqualTo(once);
    assertThat(PortraitRenderer.draw(Identity.of(7), Scene.of(12), EDGE)).isNotEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource(GarmentColour.class)
  void theClothesHaveTheColourThatWasAskedFor(GarmentColour colour) {
    for (var garment : new Garment[] {Garment.TSHIRT, Garment.TURTLENECK, Garment.HOODIE}) {
      var scene = Scene.of(3, garment, colour, Place.STUDIO);

      var picture = PortraitRenderer.draw(Identity.of(5), scene, EDGE);

      assertThat(nearest(picture, EDGE / 4, EDGE - 5)).isEqualTo(colour);
    }
  }

  @Test
  void neighbouringSeedsAreUnrelatedPeople() {
    var skins = new HashSet<Rgb>();
    var styles = new HashSet<HairStyle>();
    for (int seed = 0; seed < 100; seed++) {
      skins.add(Identity.of(seed).skin());
      styles.add(Identity.of(seed).style());
    }
    assertThat(skins).hasSizeGreaterThan(90);
    assertThat(styles).containsExactlyInAnyOrder(HairStyle.values());
  }

  @Test
  void aPersonLooksMoreLikeThemselvesThanLikeOthers() {
    var scenes = new Scene[] {calm(1), calm(2)};
    double same = 0;
    double others = 0;
    for (int seed = 0; seed < 20; seed++) {
      var here = PortraitRenderer.draw(Identity.of(seed), scenes[0], EDGE);
      same += distance(here, PortraitRenderer.draw(Identity.of(seed), scenes[1], EDGE));
      others += distance(here, PortraitRenderer.draw(Identity.of(seed + 1), scenes[1], EDGE));
    }
    assertThat(same).isLessThan(0.6 * others);
  }

  @Test
  void captionsNameClothesAndPlaceNearlyAlwaysAndTheFaceNever() {
    var person = Identity.of(4);
    int garments = 0;
    for (int seed = 0; seed < 200; seed++) {
      var scene = Scene.of(seed);
      var caption = CaptionWriter.of(person, scene, seed);
      garments += caption.contains(scene.garment().word()) ? 1 : 0;
      assertThat(caption).contains("person").doesNotContain("skin", "eye", "nose", "jaw");
    }
    assertThat(garments).isBetween(170, 199);
  }

  private static Scene calm(long seed) {
    return Scene.of(seed, Garment.TSHIRT, GarmentColour.GREY, Place.STUDIO);
  }

  private static GarmentColour nearest(RgbImage picture, int x, int y) {
    return Arrays.stream(GarmentColour.values())
        .min(Comparator.comparingDouble(colour -> distance(picture, x, y, colour.colour())))
        .orElseThrow();
  }

  private static double distance(RgbImage picture, int x, int y, Rgb colour) {
    return Math.pow(picture.at(x, y, 0) - colour.red(), 2)
        + Math.pow(picture.at(x, y, 1) - colour.green(), 2)
        + Math.pow(picture.at(x, y, 2) - colour.blue(), 2);
  }

  /** Mean squared difference over the middle of the picture, where the face is. */
  private static double distance(RgbImage a, RgbImage b) {
    double sum = 0;
    for (int y = EDGE / 4; y < 3 * EDGE / 4; y++) {
      for (int x = EDGE / 4; x < 3 * EDGE / 4; x++) {
        for (int channel = 0; channel < 3; channel++) {
          sum += Math.pow(a.at(x, y, channel) - b.at(x, y, channel), 2);
        }
      }
    }
    return sum;
  }
}
