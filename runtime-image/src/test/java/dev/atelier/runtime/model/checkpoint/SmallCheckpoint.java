package dev.atelier.runtime.model.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.model.autoencoder.AutoencoderKL;
import dev.atelier.runtime.model.autoencoder.AutoencoderKlConfig;
import dev.atelier.runtime.model.clip.ClipTextConfig;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.tensor.RandomWeights;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A single-file checkpoint of Stable Diffusion 1 with random weights, so narrow that it is quick,
 * and so built that its configuration can be told from its shapes.
 */
public final class SmallCheckpoint {

  private static final String UNET =
      """
      {"sample_size": 32, "in_channels": 4, "out_channels": 4, "layers_per_block": 2,
       "block_out_channels": [32, 64, 64, 64], "attention_head_dim": 8, "cross_attention_dim": 64,
       "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
       "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"]}
      """;

  private static final String AUTOENCODER =
      """
      {"_class_name": "AutoencoderKL", "in_channels": 3, "out_channels": 3, "latent_channels": 4,
       "layers_per_block": 2, "block_out_channels": [32, 32, 64, 64], "norm_num_groups": 32,
       "scaling_factor": 0.18215,
       "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
       "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"]}
      """;

  private static final int VOCABULARY = 1002;

  private SmallCheckpoint() {}

  /** Writes {@code small.safetensors} into the folder. */
  public static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    var file = folder.resolve("small.safetensors");
    try (var torch = Torch.start(1);
        var scope = Scope.open();
        var unet =
            new UNet2DConditionModel(UNetConfig.from(config(UNET)), new RandomWeights(torch, 1));
        var vae =
            new AutoencoderKL(
                AutoencoderKlConfig.from(config(AUTOENCODER)), new RandomWeights(torch, 2));
        var text = new ClipTextModel(text(), new RandomWeights(torch, 3))) {
      SafeTensorsWriter.write(file, versionOne(unet, vae, text.modules()), Map.of());
    }
    return file;
  }

  /** Puts a diffusers folder's tokenizer beside the file. */
  public static void copyTokenizer(Path model, Path file) throws IOException {
    var target = Files.createDirectories(file.resolveSibling("tokenizer"));
    try (var files = Files.list(model.resolve("tokenizer"))) {
      for (var each : files.toList()) {
        Files.copy(each, target.resolve(String.valueOf(each.getFileName())));
      }
    }
  }

  /** The parameters of three networks under the names of Stable Diffusion 1. */
  static Map<String, Tensor> versionOne(
      UNet2DConditionModel unet, AutoencoderKL vae, Modules text) {
    var tensors = new TreeMap<String, Tensor>();
    var names = new OriginalUNetNames(unet.config());
    unet.modules()
        .parameters()
        .forEach((name, value) -> tensors.put(Family.UNET + names.apply(name), value));
    var places = new OriginalAutoencoderNames(vae.config().channels().size());
    vae.modules()
        .parameters()
        .forEach(
            (name, value) -> {
              boolean dense = name.contains("attentions") && value.shape().length == 2;
              tensors.put(
                  Family.AUTOENCODER + places.apply(name).name(),
                  dense ? value.reshape(value.size(0), value.size(1), 1, 1) : value);
            });
    text.parameters()
        .forEach((name, value) -> tensors.put("cond_stage_model.transformer." + name, value));
    return tensors;
  }

  private static ModelConfig config(String json) throws IOException {
    return ModelConfig.of("a small model", new ObjectMapper().readTree(json));
  }

  private static ClipTextConfig text() {
    return new ClipTextConfig(
        VOCABULARY, 64, 256, 2, 1, 77, ClipTextConfig.Activation.QUICK_GELU, 1e-5, 2, 0);
  }
}
