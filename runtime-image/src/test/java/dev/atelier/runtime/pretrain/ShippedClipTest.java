package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The CLIP of the samples tells what people whom no training saw wear, and where they are. */
class ShippedClipTest {

  private static final Path SHIPPED = Path.of("../samples/headshot/models/drawn-clip");

  @Test
  void theSamplesClipTellsGarmentColourAndPlaceOfHeldOutPeople() {
    var recipe = Recipe.standard();
    var world = DrawnWorld.of(recipe);
    try (Torch torch = Torch.start(1)) {
      var exam =
          new ClipExam(torch, recipe, number -> PictureTensors.of(torch, world.draw(number)));

      var told = exam.told(SHIPPED);

      assertThat(told.pictures()).isEqualTo(240);
      assertThat(told.garments()).as("%s", told).isGreaterThanOrEqualTo(235);
      assertThat(told.colours()).as("%s", told).isGreaterThanOrEqualTo(235);
      assertThat(told.places()).as("%s", told).isGreaterThanOrEqualTo(235);
    }
  }
}
