package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;

/**
 * Keeps the predicted noiseless sample in range: not at all, at a bound, or at a quantile (dynamic
 * thresholding, Saharia et al. 2022).
 */
record SampleClipping(
    boolean clips, double range, boolean thresholds, double quantile, double maximum) {

  static SampleClipping from(ModelConfig config, boolean clipsIfMissing) {
    return new SampleClipping(
        config.flag("clip_sample", clipsIfMissing),
        config.number("clip_sample_range", 1),
        config.flag("thresholding", false),
        config.number("dynamic_thresholding_ratio", 0.995),
        config.number("sample_max_value", 1));
  }

  Tensor apply(Tensor original) {
    if (thresholds) {
      return threshold(original);
    }
    return clips ? original.clamp(-range, range) : original;
  }

  private Tensor threshold(Tensor original) {
    Tensor flat = original.reshape(original.size(0), -1);
    Tensor bound = Ops.quantile(flat.abs(), quantile, 1).clamp(1, maximum);
    Tensor inside = Ops.maximum(Ops.minimum(flat, bound), bound.mul(-1));
    return inside.div(bound).reshape(original.shape());
  }
}
