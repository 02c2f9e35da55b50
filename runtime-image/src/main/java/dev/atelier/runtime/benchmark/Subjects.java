package dev.atelier.runtime.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.tensor.RandomWeights;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;

/** The models that are timed. */
final class Subjects {

  private static final int STABLE_DIFFUSION_TOKENS = 77;
  private static final int STABLE_DIFFUSION_TEXT = 768;
  private static final int STABLE_DIFFUSION_LATENTS = 64;
  private static final int HALF_BATCH = 6;

  private Subjects() {}

  /** A model in a diffusers folder, at its own size, with the sample's batch of 6 and 6. */
  static Subject stored(Torch torch, Path folder) {
    var files = ModelFiles.of(folder);
    var unet = files.unet(torch, Storage.MAPPED);
    var name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    return new Subject(
        name,
        torch,
        unet,
        files.text(torch, Storage.MAPPED),
        unet.config().sampleSize(),
        2 * HALF_BATCH);
  }

  /** The two finest levels of Stable Diffusion 1.5's UNet at 512 x 512, where most time goes. */
  static Subject stableDiffusionLevels(Torch torch) {
    return random(torch, "SD 1.5, two finest levels, 512 px", 320, 640);
  }

  /** The whole UNet of Stable Diffusion 1.5, 860 million random weights. */
  static Subject stableDiffusion(Torch torch) {
    return random(torch, "SD 1.5, 512 px", 320, 640, 1280, 1280);
  }

  private static Subject random(Torch torch, String name, int... channels) {
    var config = config(channels);
    var unet =
        new UNet2DConditionModel(
            UNetConfig.from(ModelConfig.of(name, config)), new RandomWeights(torch, 1));
    return new Subject(name, torch, unet, text(torch), STABLE_DIFFUSION_LATENTS, 2);
  }

  /** Only its sizes matter: captions are given as states. */
  private static ClipTextModel text(Torch torch) {
    var config =
        new ClipTextConfig(
            1000,
            STABLE_DIFFUSION_TEXT,
            4 * STABLE_DIFFUSION_TEXT,
            1,
            12,
            STABLE_DIFFUSION_TOKENS,
            ClipTextConfig.Activation.QUICK_GELU,
            1e-5,
            2,
            0);
    return new ClipTextModel(config, new RandomWeights(torch, 2));
  }

  /** As {@code unet/config.json} of Stable Diffusion 1.5, for some of its levels. */
  private static ObjectNode config(int... channels) {
    var config = JsonNodeFactory.instance.objectNode();
    var widths = config.putArray("block_out_channels");
    var down = config.putArray("down_block_types");
    var up = config.putArray("up_block_types");
    for (int i = 0; i < channels.length; i++) {
      widths.add(channels[i]);
      boolean coarsest = i == channels.length - 1;
      down.add(coarsest ? "DownBlock2D" : "CrossAttnDownBlock2D");
      up.add(i == 0 ? "UpBlock2D" : "CrossAttnUpBlock2D");
    }
    config.put("sample_size", STABLE_DIFFUSION_LATENTS);
    config.put("attention_head_dim", 8);
    config.put("cross_attention_dim", STABLE_DIFFUSION_TEXT);
    config.put("layers_per_block", 2);
    return config;
  }
}
