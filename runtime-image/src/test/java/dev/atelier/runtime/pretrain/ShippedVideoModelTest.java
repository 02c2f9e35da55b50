package dev.atelier.runtime.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The video model of the samples, asked for combinations that no film of its training showed. */
class ShippedVideoModelTest {

  private static final Path SHIPPED = Path.of("../samples/video/models/tiny-video");
  private static final VideoRecipe.World WORLD = VideoRecipe.standard().world();

  @Test
  void colourAndDirectionAreRightAndTheShapeInMostFilms() {
    try (Torch torch = Torch.start(1)) {
      var shown = new VideoJudge(torch, WORLD).show(SHIPPED, 60);
      var counts = shown.counts();

      assertThat(counts.colours()).as("%s", counts).isGreaterThan(57);
      assertThat(counts.directions()).as("%s", counts).isGreaterThan(57);
      assertThat(counts.right()).as("%s", counts).isGreaterThan(0.7);
    }
  }
}
