package dev.atelier.runtime.pretrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code pretraining.json} beside the weights: recipe, engine, and how long what was trained. */
record RunRecord(RunFolder folder) {

  private static final ObjectMapper JSON = StageJson.json();
  private static final String NAME = "model/pretraining.json";

  /** Notes how far a phase is, with what was measured of it. */
  void note(
      RunRecipe<?> recipe, String phase, LossCurve.Point reached, Map<String, Double> measured)
      throws IOException {
    var record = current();
    record.put("engine", Torch.version());
    record.set("recipe", JSON.valueToTree(recipe));
    var part = record.withObject("/phases").putObject(phase);
    part.put("steps", reached.step()).put("loss", reached.loss());
    part.put("seconds", Math.round(reached.seconds()));
    measured.forEach(part::put);
    folder.store(NAME, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(record));
  }

  private ObjectNode current() throws IOException {
    Path file = folder.root().resolve(NAME);
    return Files.exists(file) ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode();
  }
}
