package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** What the denoiser predicts. */
public enum PredictionType {
  EPSILON("epsilon"),
  V_PREDICTION("v_prediction"),
  SAMPLE("sample"),
  FLOW("flow_prediction");

  private final String field;

  PredictionType(String field) {
    this.field = field;
  }

  /** What the denoiser should predict for samples with noise at training steps. */
  public Tensor target(NoiseTable table, Tensor samples, Tensor noise, long[] timesteps) {
    return switch (this) {
      case EPSILON -> noise;
      case V_PREDICTION -> table.velocity(samples, noise, timesteps);
      case SAMPLE -> samples;
      case FLOW -> noise.sub(samples);
    };
  }

  /** The one of that name in configurations. */
  public static PredictionType of(String field) {
    return Stream.of(values())
        .filter(type -> type.field.equals(field))
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedConfigException(
                    "prediction_type %s is not supported (only %s)."
                        .formatted(field, names(List.of(values())))));
  }

  /** The configured one, if the sampler knows it. */
  static PredictionType from(ModelConfig config, PredictionType... known) {
    String name = config.text("prediction_type", EPSILON.field);
    List<PredictionType> allowed = List.of(known);
    return allowed.stream()
        .filter(type -> type.field.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedConfigException(
                    "%s: prediction_type %s is not supported (only %s)."
                        .formatted(config, name, names(allowed))));
  }

  private static String names(List<PredictionType> types) {
    return String.join(", ", types.stream().map(type -> type.field).toList());
  }
}
