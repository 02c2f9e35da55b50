package dev.atelier.runtime.stage;

import static dev.atelier.runtime.stage.TrainingRules.require;
import static dev.atelier.runtime.stage.TrainingRules.requireRate;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.ranks.Share;
import dev.atelier.runtime.train.LoraTarget;
import dev.atelier.runtime.train.LoraTuning;
import dev.atelier.stage.TrainingInput;
import dev.atelier.stage.VideoTrainingInput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the knobs of tuning a video model must be; the API server refuses most of it before. */
final class VideoTrainingRules {

  private VideoTrainingRules() {}

  /** Ends the stage at the first knob that cannot be trained with. */
  static void check(VideoTrainingInput training) {
    require(!training.phases().isEmpty(), "stages", "empty", "a list of at least one");
    for (var phase : training.phases()) {
      var at = "stages '" + phase.name() + "'.";
      require(phase.steps() >= 1, at + "steps", phase.steps(), "at least 1");
      require(
          phase.imageFraction() >= 0 && phase.imageFraction() <= 1,
          at + "imageFraction",
          phase.imageFraction(),
          "from 0 to 1");
    }
    require(training.batchSize() >= 1, "batchSize", training.batchSize(), "at least 1");
    require(
        training.gradientAccumulation() >= 1,
        "gradientAccumulation",
        training.gradientAccumulation(),
        "at least 1");
    requireRate("learningRate", training.learningRate());
    var shift = training.timestepShift();
    require(shift == null || shift > 0, "timestepShift", shift, "above 0, such as 3");
    TrainingRules.requireDecay(training.emaDecay());
    require(training.nodes() >= 1, "nodes", training.nodes(), "at least 1");
    require(
        Share.fits(training.nodes(), training.gradientAccumulation(), training.batchSize()),
        "nodes",
        training.nodes(),
        "a divisor of batchSize x gradientAccumulation (%d x %d): every node takes as many samples of a step"
            .formatted(training.batchSize(), training.gradientAccumulation()));
    check(training.lora());
  }

  private static void check(TrainingInput.@Nullable Lora lora) {
    if (lora == null) {
      return;
    }
    TrainingRules.requireShape(lora);
    var targets = LoraTuning.targets(lora.targets());
    if (Set.of(LoraTarget.Convolution).equals(targets)) {
      throw new StageFailure.BadInput(
          "training.lora.targets is [Convolution], but a video denoiser has no convolutions in its blocks; add Attention or FeedForward");
    }
  }
}
