package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.pipeline.PromptEncoder;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.pipeline.TextToImage;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.List;

/** A base model with the sampler that every base model is looked at with. */
final class PromptPainter implements AutoCloseable {

  /** How pictures are drawn, in words. */
  static final String HOW = "DDIM, 25 steps, guidance 3";

  private static final String SAMPLER = "DDIM";
  private static final int STEPS = 25;
  private static final double GUIDANCE = 3;

  private final Torch torch;
  private final int edge;
  private final UNet2DConditionModel unet;
  private final ClipTextModel text;
  private final Autoencoder autoencoder;
  private final StableDiffusionPipeline pipeline;

  /**
   * @param model a diffusers folder
   * @param edge of the pictures in pixels
   */
  PromptPainter(Torch torch, Path model, int edge) {
    var files = ModelFiles.of(model);
    this.torch = torch;
    this.edge = edge;
    unet = files.unet(torch, Storage.MAPPED);
    text = files.text(torch, Storage.MAPPED);
    autoencoder = files.autoencoder(torch);
    pipeline =
        new StableDiffusionPipeline(
            new PromptEncoder(torch, files.tokenizer(), text),
            unet,
            autoencoder,
            files.scheduler(SAMPLER));
  }

  /** A picture for each prompt with the seed at the same place. */
  List<RgbImage> draw(List<String> prompts, List<Long> seeds) {
    var request =
        new TextToImage(
            prompts,
            prompts.stream().map(prompt -> "").toList(),
            edge,
            edge,
            STEPS,
            Guidance.of(GUIDANCE),
            0);
    try (Scope scope = Scope.open();
        var noise = new PictureNoise(torch, seeds)) {
      return PictureTensors.pictures(
          pipeline.decode(pipeline.latents(request, noise, StepListener.NONE)));
    }
  }

  @Override
  public void close() {
    unet.close();
    text.close();
    autoencoder.close();
  }
}
