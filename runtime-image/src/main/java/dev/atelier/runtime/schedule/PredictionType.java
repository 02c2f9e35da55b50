package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.UnsupportedConfigException;

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

  public static PredictionType of(String field) {
    for (PredictionType type : values()) {
      if (type.field.equals(field)) {
        return type;
      }
    }
    throw new UnsupportedConfigException("prediction_type " + field + " is not supported.");
  }
}
