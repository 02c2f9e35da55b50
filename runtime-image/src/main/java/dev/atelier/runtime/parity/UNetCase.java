package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Denoisers: input sets {@code a.sample}, {@code b_nonsquare.sample} and so on. */
final class UNetCase implements CaseRunner {
  private static final String SAMPLE = ".sample";

  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.text("model_class").equals("UNet2DConditionModel");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    var outputs = new LinkedHashMap<String, Tensor>();
    try (var unet =
        UNet2DConditionModel.load(torch, parityCase.folder(), StoredWeights.Storage.MAPPED)) {
      for (String name : inputs.keySet()) {
        if (name.endsWith(SAMPLE)) {
          String set = name.substring(0, name.length() - SAMPLE.length());
          outputs.put(name, predict(unet, inputs, set));
        }
      }
    }
    return outputs;
  }

  private static Tensor predict(UNet2DConditionModel unet, Map<String, Tensor> inputs, String set) {
    var size =
        Optional.ofNullable(inputs.get(set + ".time_ids"))
            .map(ids -> new Conditions.Size(required(inputs, set + ".text_embeds"), ids));
    var conditions = new Conditions(required(inputs, set + ".encoder_hidden_states"), size);
    return unet.forward(
        required(inputs, set + SAMPLE), required(inputs, set + ".timestep"), conditions);
  }

  static Tensor required(Map<String, Tensor> inputs, String name) {
    return Optional.ofNullable(inputs.get(name))
        .orElseThrow(() -> new IllegalArgumentException("the case lacks the input " + name));
  }
}
