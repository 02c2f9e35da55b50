package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.Gradients;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.LearningRate.Schedule;
import dev.atelier.runtime.train.Objective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongToDoubleFunction;

/** Formulas of training without a model: min-SNR weights, learning rates, clipping. */
final class TrainingRuleCase implements CaseRunner {
  private static final String MIN_SNR = "training/min_snr";

  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith(MIN_SNR)
        || parityCase.name().startsWith("training/lr_and_clip");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    return parityCase.name().startsWith(MIN_SNR)
        ? minSnr(torch, parityCase)
        : ratesAndClipping(torch, parityCase);
  }

  private static Map<String, Tensor> minSnr(Torch torch, ParityCase parityCase) {
    JsonNode betas = parityCase.json().path("betas");
    var table =
        NoiseTable.of(
            betas.path("beta_schedule").asText(),
            betas.path("beta_start").asDouble(),
            betas.path("beta_end").asDouble(),
            betas.path("num_train_timesteps").asInt(),
            false);
    var inputs = parityCase.inputs(torch);
    long[] timesteps = UNetCase.required(inputs, "timesteps").toLongs();
    var outputs = new LinkedHashMap<String, Tensor>();
    outputs.put("snr", perStep(torch, timesteps, step -> table.snr((int) step)));
    for (var prediction : List.of(PredictionType.EPSILON, PredictionType.V_PREDICTION)) {
      var gamma = OptionalDouble.of(parityCase.json().path("gamma").asDouble());
      var objective = new Objective(table, prediction, gamma, 0);
      var name = prediction.name().toLowerCase(Locale.ROOT);
      outputs.put(
          name + ".weights", perStep(torch, timesteps, step -> objective.weight((int) step)));
      var loss =
          objective.loss(
              UNetCase.required(inputs, "pred"),
              UNetCase.required(inputs, "target"),
              timesteps,
              timesteps.length);
      outputs.put(name + ".loss", loss.total());
    }
    return outputs;
  }

  private static Map<String, Tensor> ratesAndClipping(Torch torch, ParityCase parityCase) {
    int steps = parityCase.json().path("steps").asInt();
    int warmup = parityCase.json().path("warmup").asInt();
    var outputs = new LinkedHashMap<String, Tensor>();
    Map.of(
            "constant", new LearningRate(1, Schedule.Constant, 0, steps),
            "constant_with_warmup", new LearningRate(1, Schedule.Constant, warmup, steps),
            "linear", new LearningRate(1, Schedule.Linear, warmup, steps),
            "cosine", new LearningRate(1, Schedule.Cosine, warmup, steps),
            "cosine_with_restarts", new LearningRate(1, Schedule.CosineWithRestarts, warmup, steps),
            "polynomial", new LearningRate(1e-4, Schedule.Polynomial, warmup, steps))
        .forEach((name, rate) -> outputs.put("lr." + name, rates(torch, rate)));
    var inputs = parityCase.inputs(torch);
    var gradients = List.of(UNetCase.required(inputs, "grad0"), UNetCase.required(inputs, "grad1"));
    outputs.put("total_norm", torch.scalar(Gradients.clip(gradients, 1)));
    outputs.put("clipped0", gradients.get(0));
    outputs.put("clipped1", gradients.get(1));
    return outputs;
  }

  private static Tensor rates(Torch torch, LearningRate rate) {
    var values = new float[rate.steps()];
    for (int step = 0; step < values.length; step++) {
      values[step] = (float) rate.at(step);
    }
    return torch.tensor(values, values.length);
  }

  private static Tensor perStep(Torch torch, long[] timesteps, LongToDoubleFunction value) {
    var values = new float[timesteps.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(timesteps[i]);
    }
    return torch.tensor(values, values.length);
  }
}
