package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.gallery.LossChart;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Training;
import dev.atelier.runtime.train.TrainingLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What the phases of a run share.
 *
 * @param <R> the recipe's kind
 */
record PretrainContext<R extends RunRecipe<R>>(
    Torch torch, R recipe, RunFolder folder, RunLog log, StopRequest stop) {

  /**
   * Trains to the last step from the newest checkpoint; publishes at each and at the end.
   *
   * @param publish gets the number of steps done
   */
  void train(String phase, Recipe.Steps steps, Training training, IntConsumer publish)
      throws IOException {
    var checkpoints = folder.checkpoints(phase);
    var progress =
        new PhaseProgress(phase, steps.steps(), log, new LossCurve(folder.curve(phase)), publish);
    new TrainingLoop(torch, training, checkpoints, progress, stop)
        .run(new TrainingLoop.Plan(steps.steps(), steps.publishEvery(), steps.rate()));
    checkpoints.save(steps.steps(), training.state());
    publish.accept(steps.steps());
  }

  /** Writes down how far a phase is, what was measured of it, and the chart of its loss. */
  void note(String phase, Map<String, Double> measured) {
    var points = new LossCurve(folder.curve(phase)).points();
    if (points.isEmpty()) {
      return;
    }
    try {
      new RunRecord(folder).note(recipe, phase, points.get(points.size() - 1), measured);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var title = "loss of the %s over its steps".formatted(phase);
    var chart =
        LossChart.svg(
            title, points.stream().map(at -> new LossChart.Point(at.step(), at.loss())).toList());
    folder.store(phase + "-loss.svg", chart.getBytes(StandardCharsets.UTF_8));
  }

  /** A seed for one purpose. */
  long seed(long purpose) {
    return recipe.seed() * 1_000 + purpose;
  }
}
