package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The decoding half among an autoencoder's weights. */
final class DecoderWeights {

  private static final String DECODER = "decoder.";

  private DecoderWeights() {}

  /** Those of the decoder alone. */
  static Map<String, Tensor> of(Map<String, Tensor> all) {
    return all.entrySet().stream()
        .filter(parameter -> parameter.getKey().startsWith(DECODER))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** All of them with another decoder. */
  static Map<String, Tensor> with(Map<String, Tensor> all, Map<String, Tensor> decoder) {
    var weights = new TreeMap<>(all);
    weights.putAll(decoder);
    return weights;
  }
}
