package dev.atelier.operator.headshot;

import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.api.TextualInversionSpec;
import dev.atelier.api.TrainingSpec;
import dev.atelier.operator.job.Gentleness;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.stage.TrainingInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates the training spec, with what the operator changed for this attempt. */
final class TrainingInputs {

  private TrainingInputs() {}

  static TrainingInput of(TrainingSpec spec, List<Adjustment> adjustments) {
    var gentle = Gentleness.of(adjustments);
    var prior = spec.priorPreservation();
    return new TrainingInput(
        spec.method().name(),
        spec.maxSteps(),
        gentle.learningRate(spec.learningRate()),
        gentle.learningRate(spec.textEncoderLearningRate()),
        spec.learningRateSchedule().name(),
        spec.warmupSteps(),
        gentle.batchSize(spec.batchSize()),
        gentle.gradientAccumulation(spec.gradientAccumulation()),
        spec.resolution(),
        spec.aspectBuckets(),
        spec.seed(),
        RuntimeInputs.positiveOrNull(spec.minSnrGamma()),
        Double.parseDouble(spec.captionDropout()),
        spec.flip(),
        Double.parseDouble(spec.noiseOffset()),
        RuntimeInputs.positiveOrNull(spec.emaDecay()),
        spec.gradientCheckpointing(),
        new TrainingInput.PriorPreservation(
            prior.enabled(), Double.parseDouble(prior.weight()), prior.images(), prior.prompt()),
        spec.textEncoder().name(),
        RuntimeInputs.lora(spec.lora()),
        textualInversion(spec.textualInversion()),
        RuntimeInputs.checkpoint(spec.checkpoint()),
        RuntimeInputs.autoStop(spec.autoStop()));
  }

  private static TrainingInput.@Nullable TextualInversion textualInversion(
      @Nullable TextualInversionSpec spec) {
    return spec == null
        ? null
        : new TrainingInput.TextualInversion(spec.vectors(), spec.initializer());
  }
}
