package dev.atelier.runtime.pretrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of configurations as diffusers and transformers write them. */
record ConfigFolder(Path folder) {

  static final String CONFIG = "config.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A configuration of one of diffusers' classes. */
  static ObjectNode diffusers(String kind) {
    return empty().put("_class_name", kind).put("_diffusers_version", "0.35.2");
  }

  static ObjectNode empty() {
    return JSON.createObjectNode();
  }

  static void put(ObjectNode node, String field, List<?> values) {
    node.set(field, JSON.valueToTree(values));
  }

  void write(String name, ObjectNode node) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
  }
}
