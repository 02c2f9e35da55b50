package dev.atelier.runtime.parity;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.autoencoder.LatentDistribution;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Both autoencoders: encode pictures, decode given latents or those just made. */
final class AutoencoderCase implements CaseRunner {
  private static final Set<String> BUILT = Set.of("AutoencoderKL", "AutoencoderTiny");

  @Override
  public boolean accepts(ParityCase parityCase) {
    return BUILT.contains(parityCase.text("model_class"));
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    Tensor pixels = UNetCase.required(inputs, inputs.containsKey("x") ? "x" : "pixel");
    var outputs = new LinkedHashMap<String, Tensor>();
    try (var autoencoder =
        Autoencoder.load(torch, parityCase.folder(), StoredWeights.Storage.MAPPED)) {
      LatentDistribution latents = autoencoder.encode(pixels);
      outputs.put("mean", latents.mean());
      outputs.put("latents", latents.mode());
      latents.logVariance().ifPresent(logarithm -> outputs.put("logvar", logarithm));
      outputs.put("mode_latents", autoencoder.scaled(latents.mode()));
      outputs.put("decoded", autoencoder.decode(inputs.getOrDefault("z", latents.mode())));
    }
    return outputs;
  }
}
