package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import java.util.List;

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
                        .formatted(
                            config,
                            name,
                            String.join(", ", allowed.stream().map(type -> type.field).toList()))));
  }
}
