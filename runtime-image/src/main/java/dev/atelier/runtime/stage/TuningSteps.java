package dev.atelier.runtime.stage;

import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.train.TrainingStep;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How every tuning takes its steps. */
final class TuningSteps {

  /** Norm that gradients are clipped to, as in diffusers' scripts. */
  private static final double CLIP = 1;

  private TuningSteps() {}

  static TrainingStep.Settings of(int accumulation, @Nullable Double emaDecay, DType precision) {
    return new TrainingStep.Settings(
        accumulation,
        AdamW.Settings.defaults(),
        CLIP,
        emaDecay == null ? OptionalDouble.empty() : OptionalDouble.of(emaDecay),
        // The range of float16 is too small for gradients.
        precision == DType.FLOAT16);
  }
}
