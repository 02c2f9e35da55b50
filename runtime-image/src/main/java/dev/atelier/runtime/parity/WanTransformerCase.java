package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Map;

/** The video transformer with one timestep per clip and one per token. */
final class WanTransformerCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.text("model_class").equals("WanTransformer3DModel");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    Tensor latents = UNetCase.required(inputs, "hidden_states");
    Tensor text = UNetCase.required(inputs, "encoder_hidden_states");
    try (var model =
        WanTransformer3DModel.load(
            torch, parityCase.folder(), Storage.MAPPED, Residence.RESIDENT)) {
      return Map.of(
          "sample", model.forward(latents, UNetCase.required(inputs, "timestep"), text),
          "sample_per_token",
              model.forward(latents, UNetCase.required(inputs, "timestep_per_token"), text));
    }
  }
}
