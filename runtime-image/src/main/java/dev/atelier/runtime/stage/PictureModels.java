package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.sample.PictureSource;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;
import java.util.Optional;

/** Opens models that draw. */
@FunctionalInterface
interface PictureModels {

  /**
   * Opens a model.
   *
   * @param tuned what to put on the base model, or empty for the base model itself
   */
  PictureSource open(BaseModel base, Optional<TunedFiles> tuned, PictureRequest request);

  /** Diffusion models on an engine of their own, which ends with them. */
  static PictureModels diffusion(Compute compute) {
    return (base, tuned, request) -> {
      var torch = compute.start();
      try {
        return new OnItsOwnEngine(
            torch, DiffusionPictures.open(torch, base, tuned, request, compute.precision()));
      } catch (RuntimeException e) {
        torch.close();
        throw e;
      }
    };
  }

  /** A model that takes its engine with it. */
  record OnItsOwnEngine(Torch torch, PictureSource pictures) implements PictureSource {

    @Override
    public List<RgbImage> draw(List<PlannedPicture> planned) {
      return pictures.draw(planned);
    }

    @Override
    public int batchSize() {
      return pictures.batchSize();
    }

    @Override
    public String digest() {
      return pictures.digest();
    }

    @Override
    public void close() {
      pictures.close();
      torch.close();
    }
  }
}
