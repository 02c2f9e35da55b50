package dev.atelier.runtime.pretrain;

import static dev.atelier.runtime.model.config.ConfigFolder.put;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.model.config.ConfigFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;

/** A transformers {@code CLIPModel} folder for the drawn world: everything but the weights. */
record ClipLayout(Recipe recipe, Path folder) {

  private static final int SHARED = 64;

  /** The tower of pictures; that of captions is the base model's text encoder. */
  private static final Recipe.Text VISION = new Recipe.Text(96, 288, 4, 4, 0);

  /** Patches along an edge. */
  private static final int GRID = 8;

  /**
   * Writes the configurations, and copies the tokenizer.
   *
   * @param model the base model of the same run
   */
  void write(Path model) throws IOException {
    Files.createDirectories(folder);
    for (var file : new String[] {"vocab.json", "merges.txt", "tokenizer_config.json"}) {
      Files.copy(
          model.resolve("tokenizer").resolve(file),
          folder.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    int vocabulary = new ObjectMapper().readTree(folder.resolve("vocab.json").toFile()).size();
    var config = ConfigFolder.empty().put("model_type", "clip").put("projection_dim", SHARED);
    put(config, "architectures", List.of("CLIPModel"));
    config.put("logit_scale_init_value", 2.6592).put("torch_dtype", "float32");
    config.set("text_config", text(vocabulary));
    config.set("vision_config", vision());
    var configurations = new ConfigFolder(folder);
    configurations.write(ConfigFolder.CONFIG, config);
    configurations.write("preprocessor_config.json", preprocessor());
  }

  private ObjectNode text(int vocabulary) {
    return tower("clip_text_model", recipe.text())
        .put("vocab_size", vocabulary)
        .put("max_position_embeddings", recipe.text().positions())
        .put("bos_token_id", vocabulary - 2)
        .put("eos_token_id", vocabulary - 1)
        .put("pad_token_id", vocabulary - 1);
  }

  private ObjectNode vision() {
    int edge = recipe.world().edge();
    return tower("clip_vision_model", VISION)
        .put("image_size", edge)
        .put("patch_size", edge / GRID)
        .put("num_channels", 3);
  }

  private static ObjectNode tower(String kind, Recipe.Text size) {
    return ConfigFolder.empty()
        .put("model_type", kind)
        .put("hidden_size", size.width())
        .put("intermediate_size", size.feedForwardWidth())
        .put("num_hidden_layers", size.layers())
        .put("num_attention_heads", size.heads())
        .put("hidden_act", "quick_gelu")
        .put("layer_norm_eps", 1e-5)
        .put("attention_dropout", 0.0);
  }

  /** To the same [-1, 1] that the model is trained on. */
  private ObjectNode preprocessor() {
    int edge = recipe.world().edge();
    var config = ConfigFolder.empty();
    config.put("do_resize", true).put("do_rescale", true).put("do_normalize", true);
    config.put("do_center_crop", true).put("resample", 3).put("rescale_factor", 1 / 255.0);
    config.putObject("size").put("shortest_edge", edge);
    config.putObject("crop_size").put("height", edge).put("width", edge);
    put(config, "image_mean", Collections.nCopies(3, 0.5));
    put(config, "image_std", Collections.nCopies(3, 0.5));
    return config;
  }
}
