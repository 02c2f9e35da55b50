package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Map;

/** Networks that enlarge a picture. */
final class UpscalerCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("models/rrdbnet");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Tensor image = UNetCase.required(parityCase.inputs(torch), "image");
    try (var network = RrdbNet.load(torch, parityCase.folder(), StoredWeights.Storage.MAPPED)) {
      return Map.of("sr", network.forward(image));
    }
  }
}
