package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.clip.TextStates;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** CLIP text encoders with and without projection, with and without padding mask. */
final class ClipTextCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.text("model_class").startsWith("CLIPTextModel");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    Tensor ids = UNetCase.required(inputs, "input_ids");
    var outputs = new LinkedHashMap<String, Tensor>();
    try (var model = ClipTextModel.load(torch, parityCase.folder(), StoredWeights.Storage.MAPPED)) {
      TextStates states = model.forward(ids);
      outputs.put("last_hidden_state", states.last());
      for (int i = 0; i < states.hidden().size(); i++) {
        outputs.put("hidden_states." + i, states.hidden().get(i));
      }
      outputs.put("pooler_output", states.pooled());
      states.projected().ifPresent(p -> outputs.put("text_embeds", p));
      var mask = Optional.ofNullable(inputs.get("attention_mask"));
      outputs.put("masked.last_hidden_state", model.forward(ids, mask).last());
    }
    return outputs;
  }
}
