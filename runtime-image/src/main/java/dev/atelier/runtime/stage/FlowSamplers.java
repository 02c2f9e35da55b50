package dev.atelier.runtime.stage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.schedule.Scheduler;
import java.util.List;

/** The samplers of models that were trained on flows. */
final class FlowSamplers {

  private static final String SUFFIX = "Scheduler";
  private static final List<String> NAMES = List.of("FlowMatchEulerDiscrete", "UniPCMultistep");

  private FlowSamplers() {}

  /** The one that the model itself names, without {@code Scheduler}. */
  static String own(WanFiles files) {
    var name = ModelConfig.read(files.schedulerConfig()).text("_class_name");
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /** A sampler on the model's own settings. */
  static Scheduler of(WanFiles files, String name) {
    if (!NAMES.contains(name)) {
      throw new StageFailure.BadInput(
          "sampler.scheduler %s is not for clips; use one of %s, or leave it out for the model's own (%s)"
              .formatted(name, NAMES, own(files)));
    }
    return Scheduler.read(
        files.schedulerConfig(), name + SUFFIX, JsonNodeFactory.instance.objectNode());
  }
}
