package dev.atelier.runtime.sample;

import static java.util.stream.Collectors.joining;

import dev.atelier.stage.SamplerInput;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The text of AUTOMATIC1111's web UI, which viewers and libraries of prompts understand: prompt,
 * negative prompt, and a line of settings.
 */
final class Infotext {

  private final PlannedPicture planned;
  private final Map<String, Object> settings = new LinkedHashMap<>();

  /**
   * @param sampling what samples, by name
   */
  Infotext(PlannedPicture planned, SamplerInput sampler, String sampling) {
    this.planned = planned;
    settings.put("Steps", sampler.steps());
    settings.put("Sampler", sampling);
    settings.put("CFG scale", sampler.guidanceScale());
    if (sampler.guidanceRescale() != 0) {
      settings.put("CFG Rescale", sampler.guidanceRescale());
    }
    settings.put("Seed", planned.seed());
  }

  Infotext with(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  @Override
  public String toString() {
    return planned.text()
        + (planned.negative().isEmpty() ? "" : "\nNegative prompt: " + planned.negative())
        + settings.entrySet().stream()
            .map(setting -> setting.getKey() + ": " + setting.getValue())
            .collect(joining(", ", "\n", ""));
  }
}
