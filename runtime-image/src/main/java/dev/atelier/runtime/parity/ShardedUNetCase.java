package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.Map;

/** A denoiser in shards, and the same in half precision. */
final class ShardedUNetCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("files/sharded_unet");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Path folder = parityCase.folder();
    return Map.of(
        "sample", predict(torch, folder, parityCase),
        "fp16_weights_run_in_f32", predict(torch, folder.resolve("fp16"), parityCase));
  }

  private static Tensor predict(Torch torch, Path folder, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    try (var unet = UNet2DConditionModel.load(torch, folder, Storage.MAPPED)) {
      return unet.forward(
          UNetCase.required(inputs, "sample"),
          UNetCase.required(inputs, "timestep"),
          UNetCase.required(inputs, "encoder_hidden_states"));
    }
  }
}
