package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.List;

/** Pictures of a Stable Diffusion of some thousand random weights. */
public final class TinyPictures {
  private static final Path MODEL = Path.of("src/test/resources/fixtures/pipelines/sd15_tiny");

  private TinyPictures() {}

  /**
   * Draws {@code [pictures, 3, height, width]}, each picture from its seed.
   *
   * @param precision that the denoiser computes in
   */
  public static Tensor drawn(
      Torch torch, String scheduler, DType precision, List<Long> seeds, TextToImage request) {
    var files = ModelFiles.of(MODEL);
    var texts = files.texts(torch, Storage.MAPPED);
    try (var unet = files.unet(torch, Storage.drawingIn(precision));
        var autoencoder = files.autoencoder(torch);
        var noise = new PictureNoise(torch, seeds)) {
      var pipeline =
          new StableDiffusionPipeline(
              files.prompts(torch, files.tokenizers(), texts),
              unet,
              autoencoder,
              files.scheduler(scheduler),
              precision);
      return pipeline.decode(pipeline.latents(request, noise, StepListener.NONE));
    } finally {
      texts.forEach(text -> text.close());
    }
  }
}
