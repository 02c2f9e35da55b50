package dev.atelier.stage;

import java.util.List;

/** Every metric that a running stage serves under {@code /metrics}: its {@link Progress}. */
public enum StageGauge {
  STEP("atelier.stage.step", List.of("stage"), "Steps done in the current activity."),
  STEPS("atelier.stage.steps", List.of("stage"), "Steps of the current activity."),
  SECONDS_PER_STEP(
      "atelier.stage.seconds.per.step",
      List.of("stage"),
      "Mean duration of the recent steps; not a number before the first."),
  VALUE(
      "atelier.stage.value",
      List.of("stage", "name"),
      "Newest value of what the stage measures, by its name, such as the loss.");

  private final String meter;
  private final List<String> labels;
  private final String meaning;

  StageGauge(String meter, List<String> labels, String meaning) {
    this.meter = meter;
    this.labels = labels;
    this.meaning = meaning;
  }

  /** Name in Micrometer. */
  public String meter() {
    return meter;
  }

  /** Name in Prometheus. */
  public String prometheusName() {
    return meter.replace('.', '_');
  }

  /** Names of its labels. */
  public List<String> labels() {
    return labels;
  }

  /** What it tells. */
  public String meaning() {
    return meaning;
  }
}
