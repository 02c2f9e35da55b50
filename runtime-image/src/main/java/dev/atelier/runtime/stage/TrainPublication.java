package dev.atelier.runtime.stage;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.gallery.Curve;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PipelineFile;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.DreamBoothTuning;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Publishes a trained model with where it comes from. */
final class TrainPublication {

  private static final String HEADER = "atelier.";

  private final StageContext context;
  private final TrainInput input;
  private final BaseModel base;
  private final StageFolder.Published intake;
  private final int photos;
  private final ExportedWeights exports;

  /**
   * The publication of a training.
   *
   * @param photos that were learned from
   */
  TrainPublication(
      StageContext context,
      TrainInput input,
      BaseModel base,
      StageFolder.Published intake,
      int photos,
      ExportedWeights exports) {
    this.photos = photos;
    this.exports = exports;
    this.context = context;
    this.input = input;
    this.base = base;
    this.intake = intake;
  }

  /**
   * Exports the model, reads it back, stores its files and publishes the manifest.
   *
   * @param result what training came to
   */
  TerminationMessage publish(Torch torch, TuningMethod method, TuningResult result)
      throws IOException {
    var provenance = provenance(result);
    var files = ModelFiles.of(base.folder());
    var folder = context.scratch().resolve("model");
    var header = header(provenance);
    if (KohyaHeader.isWanted(input.training())) {
      header.putAll(kohya(files, result).entries());
    }
    var written = exports.checked(method, folder, header);
    var output = new ModelOutput(context.folder()).trained(folder, written);
    if (method instanceof DreamBoothTuning) {
      output.around(around(torch, files, folder, written));
    }
    if (result.curve().isPresent()) {
      context
          .folder()
          .put(
              CurveFile.NAME,
              StageJson.json().writeValueAsBytes(result.curve().get()),
              "application/json");
    }
    var words =
        new TrainedWords(
            result.steps(),
            result.loss(),
            result.curve().map(TrainPublication::chosen).orElse("") + remarks(result),
            result.curve().map(TrainPublication::evaluation));
    return context.folder().publish(provenance, words.say(context, output.artifacts()));
  }

  /** The diffusers folder around networks that were trained as a whole, from the base model. */
  private static List<PipelineFile> around(
      Torch torch, ModelFiles base, Path folder, List<Path> written) throws IOException {
    var tuned = TunedFiles.exported(folder, written);
    return tuned.on(base).asFolder(torch, folder).stream()
        .filter(file -> !tuned.byName().containsKey(file.name()))
        .toList();
  }

  private KohyaHeader kohya(ModelFiles files, TuningResult result) {
    var name = context.file().resource().name();
    return new KohyaHeader(
        name, input, files, photos, result.classPictures().found(), result.publishedStep());
  }

  private Map<String, String> provenance(TuningResult result) throws JsonProcessingException {
    var photos = TrainingPhoto.files(intake.manifest());
    return Provenance.of(context)
        .with(base)
        .with(Provenance.DATASET, Provenance.digest(photos))
        .with("intakeManifestSha256", intake.sha256())
        .with("seed", String.valueOf(input.training().seed()))
        .with("step", String.valueOf(result.publishedStep()))
        .with(PromptReview.of(context, input.perception()))
        .withMissing(classPictures(result.classPictures()))
        .with("training", StageJson.json().writeValueAsString(input.training()))
        .withMissing(intake.manifest().provenance())
        .entries();
  }

  /** Provenance as a weight file's header says it. */
  static Map<String, String> header(Map<String, String> provenance) {
    var header = new LinkedHashMap<String, String>();
    provenance.forEach((name, value) -> header.put(HEADER + name, value));
    return header;
  }

  private static Map<String, String> classPictures(ClassPictureCount count) {
    return count.asked() == 0 ? Map.of() : Map.of("classPictures", count.told());
  }

  private static String remarks(TuningResult result) {
    return Stream.of(result.classPictures().shortfall(), result.advice())
        .flatMap(Optional::stream)
        .map("; "::concat)
        .collect(joining());
  }

  private static String chosen(Curve curve) {
    return "; step %d is the best of %d judged%s"
        .formatted(
            curve.selectedStep(),
            curve.rounds().size(),
            curve.steps() < curve.maxSteps()
                ? ", and training ended before step %d as nothing got better"
                    .formatted(curve.maxSteps())
                : "");
  }

  private static TerminationMessage.Evaluation evaluation(Curve curve) {
    var scores =
        curve.rounds().stream()
            .filter(round -> round.step() == curve.selectedStep())
            .findFirst()
            .map(
                round ->
                    TrainingProgress.scores(
                        new CheckpointScore(
                            round.step(),
                            round.identity(),
                            round.promptAlignment(),
                            round.memorisation())))
            .orElse(List.of());
    return new TerminationMessage.Evaluation(curve.selectedStep(), scores, "None");
  }
}
