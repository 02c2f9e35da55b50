package dev.atelier.runtime.model.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of configurations as diffusers and transformers write them. */
public record ConfigFolder(Path folder) {

  /** The file of a model's own configuration. */
  public static final String CONFIG = "config.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A configuration of one of diffusers' classes. */
  public static ObjectNode diffusers(String kind) {
    return empty().put("_class_name", kind).put("_diffusers_version", "0.35.2");
  }

  /** A configuration without fields. */
  public static ObjectNode empty() {
    return JSON.createObjectNode();
  }

  /** Sets a field to a list. */
  public static void put(ObjectNode node, String field, List<?> values) {
    node.set(field, JSON.valueToTree(values));
  }

  /** Reads a configuration under a name below the folder. */
  public ObjectNode read(String name) throws IOException {
    return JSON.readValue(folder.resolve(name).toFile(), ObjectNode.class);
  }

  /** Writes a configuration under a name below the folder. */
  public void write(String name, ObjectNode node) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
  }
}
