package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Map;
import java.util.Optional;

/** T5 and UMT5 encoders with and without padding mask. */
final class T5Case implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.text("model_class").endsWith("T5EncoderModel");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    Tensor ids = UNetCase.required(inputs, "input_ids");
    Tensor mask = UNetCase.required(inputs, "attention_mask");
    try (var model = T5Encoder.load(torch, parityCase.folder(), Residence.RESIDENT)) {
      return Map.of(
          "masked", model.forward(ids, Optional.of(mask)),
          "unmasked", model.forward(ids),
          "long", model.forward(UNetCase.required(inputs, "long_ids")));
    }
  }
}
