package dev.atelier.runtime.model.checkpoint;

import dev.atelier.runtime.tensor.StoredView;
import dev.atelier.runtime.tensor.StoredView.Form;
import java.util.Map;
import java.util.function.Function;

/**
 * The names that OpenCLIP's text encoder gives to what transformers calls otherwise. Queries, keys
 * and values are one matrix there, and the projection is multiplied from the right.
 */
final class OpenClipNames implements Function<String, StoredView> {
  private static final Renaming PLACES =
      Renaming.of(
          "text_model.embeddings.token_embedding", "token_embedding",
          "text_model.embeddings.position_embedding.weight", "positional_embedding",
          "text_model.encoder.layers.#.layer_norm1", "transformer.resblocks.#.ln_1",
          "text_model.encoder.layers.#.layer_norm2", "transformer.resblocks.#.ln_2",
          "text_model.encoder.layers.#.mlp.fc1", "transformer.resblocks.#.mlp.c_fc",
          "text_model.encoder.layers.#.mlp.fc2", "transformer.resblocks.#.mlp.c_proj",
          "text_model.encoder.layers.#.self_attn.out_proj", "transformer.resblocks.#.attn.out_proj",
          "text_model.encoder.layers.#.self_attn", "transformer.resblocks.#.attn",
          "text_model.final_layer_norm", "ln_final");
  private static final Map<String, Form> JOINT =
      Map.of(
          ".q_proj.", Form.FIRST_THIRD, ".k_proj.", Form.SECOND_THIRD, ".v_proj.", Form.LAST_THIRD);

  @Override
  public StoredView apply(String name) {
    if (name.equals("text_projection.weight")) {
      return new StoredView("text_projection", Form.TRANSPOSED);
    }
    String placed = PLACES.apply(name);
    for (Map.Entry<String, Form> part : JOINT.entrySet()) {
      if (placed.contains(part.getKey())) {
        return new StoredView(placed.replace(part.getKey(), ".in_proj_"), part.getValue());
      }
    }
    return StoredView.same(placed);
  }
}
