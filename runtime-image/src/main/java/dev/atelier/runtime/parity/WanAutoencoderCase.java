package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.autoencoder.LatentDistribution;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Video autoencoders: a clip and a single picture, encoded and decoded. */
final class WanAutoencoderCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.text("model_class").equals("AutoencoderKLWan");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    var outputs = new LinkedHashMap<String, Tensor>();
    try (var autoencoder = AutoencoderKLWan.load(torch, parityCase.folder(), Storage.MAPPED)) {
      for (String kind : List.of("video", "image")) {
        LatentDistribution latents = autoencoder.encode(UNetCase.required(inputs, kind));
        outputs.put(kind + "_mean", latents.mean());
        outputs.put(kind + "_logvar", latents.logVariance().orElseThrow());
        outputs.put(kind + "_decoded", autoencoder.decode(UNetCase.required(inputs, "z_" + kind)));
      }
    }
    return outputs;
  }
}
