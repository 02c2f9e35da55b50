package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.ClipSetMetrics;
import dev.atelier.runtime.evaluate.Gate;
import dev.atelier.runtime.evaluate.GateDecision;
import dev.atelier.runtime.evaluate.NamedMetrics;
import dev.atelier.runtime.evaluate.PersonPhotos;
import dev.atelier.runtime.evaluate.PictureMetrics;
import dev.atelier.runtime.evaluate.Reading;
import dev.atelier.runtime.gallery.Report;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The metrics of a stage's pictures and the gate's decision on them.
 *
 * @param readings of the stage's own pictures
 * @param rows the same with what they are compared with
 */
record Measured(
    List<Reading> readings,
    List<Report.Metric> rows,
    List<GateInput> bounds,
    GateDecision decision) {

  /** The names asked for and those that the gate needs, each once. */
  static List<String> names(List<String> asked, List<GateInput> gate) {
    var names = new LinkedHashSet<>(asked);
    gate.forEach(bound -> names.add(bound.metric()));
    return List.copyOf(names);
  }

  /**
   * Measures pictures.
   *
   * @param baseline pictures of the base model, empty where none were drawn
   */
  static Measured of(
      List<String> names,
      List<DrawnPicture> pictures,
      List<DrawnPicture> baseline,
      TrainingPhotos photos,
      String protocol,
      List<GateInput> gate,
      FeatureReadings features)
      throws IOException {
    var own = metrics(pictures, photos.person(), protocol);
    var base = metrics(baseline, photos.person(), protocol);
    var ownFeatures = features.of(pictures, photos);
    var baseFeatures = features.of(baseline, photos);
    var readings = names.stream().map(name -> NamedMetrics.read(name, own, ownFeatures)).toList();
    var rows =
        readings.stream()
            .map(
                reading ->
                    new ComparedReading(
                            reading,
                            baseline.isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                    NamedMetrics.read(reading.name(), base, baseFeatures)),
                            NamedMetrics.amongPhotos(reading.name(), own))
                        .row())
            .toList();
    return new Measured(readings, rows, gate, Gate.decide(gate, readings));
  }

  /** The gate as the report shows it. */
  Report.Gate gate() {
    return new Report.Gate(decision.title(), bounds, findings());
  }

  /** One sentence for each bound that is not kept. */
  List<String> findings() {
    return decision instanceof GateDecision.Failed failed ? failed.findings() : List.of();
  }

  /** Names and values for the last words. */
  List<NamedValue> values() {
    return readings.stream().map(Reading::named).toList();
  }

  /**
   * Last words with the gate's decision.
   *
   * @param counts what was drawn
   * @param remedy what to do where a bound is not kept
   */
  LastWords words(String counts, String remedy) {
    boolean passed = findings().isEmpty();
    return new LastWords(
        passed ? TerminationMessage.Result.Succeeded : TerminationMessage.Result.Failed,
        passed ? "Published" : "GateFailed",
        passed ? counts : "%s; %s. %s".formatted(counts, String.join("; ", findings()), remedy));
  }

  /**
   * Metrics of clips.
   *
   * @param own reads those of the stage's own clips
   * @param baseline reads those of the base model's, where it drew some
   */
  static Measured ofClips(
      List<String> names,
      ClipSetMetrics own,
      Optional<ClipSetMetrics> baseline,
      List<GateInput> gate) {
    var readings = names.stream().map(own::read).toList();
    var rows =
        readings.stream()
            .map(
                reading ->
                    new ComparedReading(
                            reading,
                            baseline.map(base -> base.read(reading.name())),
                            Optional.empty())
                        .row())
            .toList();
    return new Measured(readings, rows, gate, Gate.decide(gate, readings));
  }

  private static PictureMetrics metrics(
      List<DrawnPicture> pictures, PersonPhotos photos, String protocol) {
    return new PictureMetrics(
        pictures.stream().map(DrawnPicture::reading).flatMap(Optional::stream).toList(),
        photos,
        protocol);
  }
}
