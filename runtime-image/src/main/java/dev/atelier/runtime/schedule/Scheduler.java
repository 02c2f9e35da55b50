package dev.atelier.runtime.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import java.nio.file.Path;

/** A sampler with its configuration; it holds no state, {@link #begin} makes what a run needs. */
public interface Scheduler {
  /** What the model predicts. */
  PredictionType predictionType();

  /** Starts a run of the given number of steps. */
  Sampling begin(int steps);

  /** Reads {@code scheduler_config.json}; the class it names decides. */
  static Scheduler read(Path file) {
    return of(ModelConfig.read(file));
  }

  /** Another sampler on a file's noise table, with fields of the file replaced. */
  static Scheduler read(Path file, String className, JsonNode overrides) {
    return of(ModelConfig.read(file), className, overrides);
  }

  /** The sampler that a configuration names. */
  static Scheduler of(ModelConfig config) {
    return from(config.text("_class_name"), config);
  }

  /** Another sampler on a configuration's noise table, with fields of it replaced. */
  static Scheduler of(ModelConfig config, String className, JsonNode overrides) {
    return from(className, config.with(overrides));
  }

  private static Scheduler from(String className, ModelConfig config) {
    return switch (className) {
      case "DDIMScheduler" -> DdimScheduler.from(config);
      case "DDPMScheduler" -> DdpmScheduler.from(config);
      case "DPMSolverMultistepScheduler" -> DpmSolverMultistepScheduler.from(config);
      case "EulerDiscreteScheduler" -> EulerDiscreteScheduler.from(config);
      case "EulerAncestralDiscreteScheduler" -> EulerAncestralScheduler.from(config);
      case "FlowMatchEulerDiscreteScheduler" -> FlowMatchEulerScheduler.from(config);
      case "UniPCMultistepScheduler" -> UniPcScheduler.from(config);
      default ->
          throw new UnsupportedConfigException(
              config
                  + ": scheduler "
                  + className
                  + " is not supported (DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler,"
                  + " EulerAncestralDiscreteScheduler, EulerDiscreteScheduler,"
                  + " FlowMatchEulerDiscreteScheduler, UniPCMultistepScheduler).");
    };
  }
}
