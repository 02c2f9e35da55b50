package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.SubjectBatches;
import java.util.ArrayList;
import java.util.Random;

/** How well a network restores squares of pictures that were made smaller. */
final class UpscalerLoss implements Descent.StepLoss {

  /** Squares of a picture: drawing one costs as much as looking at several. */
  private static final int EACH = 4;

  /** Added before the root, so that the loss is smooth at zero (Charbonnier et al. 1994). */
  private static final double SMOOTH = 1e-6;

  private final Torch torch;
  private final UpscalerRecipe recipe;
  private final RrdbNet network;
  private final SharpPictures pictures;

  UpscalerLoss(Torch torch, UpscalerRecipe recipe, RrdbNet network) {
    this.torch = torch;
    this.recipe = recipe;
    this.network = network;
    this.pictures = new SharpPictures(recipe.seed());
  }

  @Override
  public Tensor at(int step) {
    var random = new Random(SubjectBatches.mix(recipe.seed(), step));
    int count = recipe.training().batch();
    var small = new ArrayList<Tensor>();
    var large = new ArrayList<Tensor>();
    for (int i = 0; i < count; i += EACH) {
      RgbImage picture = pictures.training((long) step * count + i / EACH);
      RgbImage reduced = SharpPictures.small(picture);
      for (int j = 0; j < EACH && i + j < count; j++) {
        int left = random.nextInt(reduced.width() - recipe.crop() + 1);
        int top = random.nextInt(reduced.height() - recipe.crop() + 1);
        small.add(square(reduced, left, top, 1));
        large.add(square(picture, left, top, UpscalerRecipe.SCALE));
      }
    }
    return error(network.forward(Ops.concat(0, small)), Ops.concat(0, large));
  }

  /** A square in [0, 1] whose corner and edge are multiplied by a scale. */
  private Tensor square(RgbImage picture, int left, int top, int scale) {
    int edge = recipe.crop() * scale;
    var values = new float[3 * edge * edge];
    for (int y = 0, i = 0; y < edge; y++) {
      for (int x = 0; x < edge; x++) {
        for (int c = 0; c < 3; c++) {
          values[i++] = picture.at(left * scale + x, top * scale + y, c);
        }
      }
    }
    return PictureTensors.of(torch, new RgbImage(edge, edge, values)).mul(0.5).add(0.5);
  }

  private static Tensor error(Tensor restored, Tensor original) {
    return restored.sub(original).square().add(SMOOTH).sqrt().mean();
  }
}
