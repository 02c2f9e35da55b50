package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A folder with {@code case.json}, inputs and expected outputs.
 *
 * @param folder where it lies
 * @param json what {@code case.json} says
 */
public record ParityCase(Path folder, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the folder's {@code case.json}. */
  public static ParityCase read(Path folder) throws IOException {
    return new ParityCase(folder, JSON.readTree(Files.readAllBytes(folder.resolve("case.json"))));
  }

  /** The name that reports show. */
  public String name() {
    return json.path("name").asText(folder.getFileName().toString());
  }

  /** The first part of the name: models, schedulers, pipelines, tokenizers, training, files. */
  public String kind() {
    return name().contains("/") ? name().substring(0, name().indexOf('/')) : name();
  }

  /** A text field, empty if it is missing. */
  public String text(String field) {
    return json.path(field).asText("");
  }

  /** The folder of the base model, relative to this one. */
  public Path base() {
    return folder.resolve(text("base")).normalize();
  }

  /** The class that the base's {@code model_index.json} names; empty where there is none. */
  public String pipeline() {
    Path index = base().resolve("model_index.json");
    return Files.exists(index) ? ModelConfig.read(index).text("_class_name") : "";
  }

  public double atol() {
    return json.path("tolerance").path("atol").asDouble(0);
  }

  public double rtol() {
    return json.path("tolerance").path("rtol").asDouble(0);
  }

  /** The given inputs; empty for a case without. */
  public Map<String, Tensor> inputs(Torch torch) {
    Path file = folder.resolve("inputs.safetensors");
    return Files.exists(file) ? SafeTensorsFile.readAll(torch, file) : Map.of();
  }

  /** The expected outputs. */
  public Map<String, Tensor> outputs(Torch torch) {
    return SafeTensorsFile.readAll(torch, folder.resolve("outputs.safetensors"));
  }
}
