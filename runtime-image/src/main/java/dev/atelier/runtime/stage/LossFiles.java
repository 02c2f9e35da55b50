package dev.atelier.runtime.stage;

import dev.atelier.runtime.gallery.LossChart;
import dev.atelier.stage.VideoTrainingInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The losses of a training as a table and as a drawing.
 *
 * @param name of the resource
 */
record LossFiles(String name, VideoTrainingInput training, VideoTuningResult result) {

  static final String TABLE = "loss.csv";
  static final String CHART = "loss.svg";

  private static final String HEADER = "step,stage,loss,validation loss\n";

  /**
   * A line for each step that has a mean loss, or a loss of what training does not see, or both.
   */
  byte[] csv() {
    var phases = VideoPhases.of(training);
    var table = new StringBuilder(HEADER);
    var validation = new TreeMap<Integer, Double>();
    rounds().forEach(round -> validation.put(round.step(), round.loss()));
    var losses = new TreeMap<Integer, Double>();
    result.losses().forEach(point -> losses.put(point.step(), point.loss()));
    var steps = new TreeMap<Integer, Integer>();
    losses.keySet().forEach(step -> steps.put(step, phases.of(step)));
    validation.keySet().forEach(step -> steps.put(step, phases.of(step)));
    steps.forEach(
        (step, place) ->
            table.append(
                "%d,%s,%s,%s\n"
                    .formatted(
                        step,
                        phases.phases().get(place).name(),
                        cell(losses, step),
                        cell(validation, step))));
    return table.toString().getBytes(StandardCharsets.UTF_8);
  }

  byte[] svg() {
    return LossChart.svg(
            "loss of %s over its steps".formatted(name),
            result.losses().stream()
                .map(point -> new LossChart.Point(point.step(), point.loss()))
                .toList(),
            rounds().stream()
                .map(round -> new LossChart.Point(round.step(), round.loss()))
                .toList())
        .getBytes(StandardCharsets.UTF_8);
  }

  private List<VideoCurve.Round> rounds() {
    return result.validation().map(VideoCurve::rounds).orElse(List.of());
  }

  private static String cell(Map<Integer, Double> values, int step) {
    var value = values.get(step);
    return value == null ? "" : String.format(Locale.ROOT, "%.6f", value);
  }
}
