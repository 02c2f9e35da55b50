package dev.atelier.runtime.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Publishes a trained model with where it comes from. */
final class TrainPublication {

  private static final String MEDIA_TYPE = "application/x-safetensors";
  private static final String HEADER = "atelier.";

  private final StageContext context;
  private final TrainInput input;
  private final BaseModel base;
  private final StageFolder.Published intake;

  TrainPublication(
      StageContext context, TrainInput input, BaseModel base, StageFolder.Published intake) {
    this.context = context;
    this.input = input;
    this.base = base;
    this.intake = intake;
  }

  /**
   * Exports the model, stores its files and publishes the manifest.
   *
   * @param loss mean of the last losses, for the message
   */
  TerminationMessage publish(TuningMethod method, double loss) throws IOException {
    var provenance = provenance();
    var folder = context.scratch().resolve("model");
    var artifacts = new ArrayList<TerminationMessage.Artifact>();
    for (var file : method.export(folder, header(provenance))) {
      var name = file.toString().replace('\\', '/');
      var stored = context.folder().put(TunedFiles.FOLDER + name, folder.resolve(file), MEDIA_TYPE);
      artifacts.add(Artifacts.of(artifacts.isEmpty() ? "model" : "model/" + name, stored));
    }
    return context.folder().publish(provenance, words(loss, artifacts));
  }

  private Map<String, String> provenance() throws JsonProcessingException {
    var photos = TrainingPhoto.files(intake.manifest());
    return Provenance.of(context)
        .with(base)
        .with(Provenance.DATASET, Provenance.digest(photos))
        .with("intakeManifestSha256", intake.sha256())
        .with("seed", String.valueOf(input.training().seed()))
        .with("training", StageJson.json().writeValueAsString(input.training()))
        .withMissing(intake.manifest().provenance())
        .entries();
  }

  private static Map<String, String> header(Map<String, String> provenance) {
    var header = new LinkedHashMap<String, String>();
    provenance.forEach((name, value) -> header.put(HEADER + name, value));
    return header;
  }

  private TerminationMessage words(double loss, List<TerminationMessage.Artifact> artifacts) {
    return new LastWords(
            TerminationMessage.Result.Succeeded,
            "Published",
            "trained %d steps%s"
                .formatted(
                    input.training().maxSteps(),
                    Double.isNaN(loss) ? "" : ", loss " + TrainingProgress.number("%.4f", loss)))
        .lastCheckpoint(context.progress().now().lastCheckpoint())
        .artifacts(artifacts)
        .say();
  }
}
