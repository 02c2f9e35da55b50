package dev.atelier.runtime.stage;

import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainVideoInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Publishes a tuned video model with its curves and where it comes from. */
final class VideoTrainPublication {

  private static final String JSON = "application/json";

  private final StageContext context;
  private final TrainVideoInput input;
  private final BaseModel base;
  private final PreparedLatents prepared;

  VideoTrainPublication(
      StageContext context, TrainVideoInput input, BaseModel base, PreparedLatents prepared) {
    this.context = context;
    this.input = input;
    this.base = base;
    this.prepared = prepared;
  }

  /**
   * Exports the model, reads it back, stores its files and publishes the manifest.
   *
   * @param result what training came to
   */
  TerminationMessage publish(TuningMethod method, VideoTuningResult result) throws IOException {
    var provenance = provenance(result);
    var folder = context.scratch().resolve("model");
    var written =
        ExportedWeights.WRITTEN.checked(method, folder, TrainPublication.header(provenance));
    var artifacts =
        new ArrayList<>(new ModelOutput(context.folder()).trained(folder, written).artifacts());
    artifacts.add(Artifacts.of("loss", curves(result)));
    var words =
        new TrainedWords(
            result.steps(),
            result.loss(),
            result.validation().map(VideoTrainPublication::chosen).orElse(""),
            result.validation().map(VideoTrainPublication::evaluation));
    return context.folder().publish(provenance, words.say(context, artifacts));
  }

  private Manifest.StoredFile curves(VideoTuningResult result) throws IOException {
    var folder = context.folder();
    if (result.validation().isPresent()) {
      folder.put(
          VideoCurve.NAME, StageJson.json().writeValueAsBytes(result.validation().get()), JSON);
    }
    var files = new LossFiles(context.file().resource().name(), input.training(), result);
    folder.put(LossFiles.TABLE, files.csv(), "text/csv");
    return folder.put(LossFiles.CHART, files.svg(), "image/svg+xml");
  }

  private Map<String, String> provenance(VideoTuningResult result) throws IOException {
    var clips = prepared.published().manifest();
    return Provenance.of(context)
        .with(base)
        .with(Provenance.DATASET, clips.provenance().getOrDefault(Provenance.DATASET, "not stated"))
        .with("prepareVideoManifestSha256", prepared.published().sha256())
        .with("seed", String.valueOf(input.training().seed()))
        .with("step", String.valueOf(result.publishedStep()))
        .with("training", StageJson.json().writeValueAsString(input.training()))
        .withMissing(clips.provenance())
        .entries();
  }

  private static String chosen(VideoCurve curve) {
    return "; step %d is the best of %d measured, validation loss %s%s"
        .formatted(
            curve.selectedStep(),
            curve.rounds().size(),
            loss(curve),
            curve.steps() < curve.maxSteps()
                ? ", and training ended before step %d as it no longer fell"
                    .formatted(curve.maxSteps())
                : "");
  }

  private static TerminationMessage.Evaluation evaluation(VideoCurve curve) {
    return new TerminationMessage.Evaluation(
        curve.selectedStep(), List.of(new NamedValue("validationLoss", loss(curve))), "None");
  }

  private static String loss(VideoCurve curve) {
    return curve.rounds().stream()
        .filter(round -> round.step() == curve.selectedStep())
        .map(round -> TrainingProgress.number("%.4f", round.loss()))
        .findFirst()
        .orElse("not measured");
  }
}
