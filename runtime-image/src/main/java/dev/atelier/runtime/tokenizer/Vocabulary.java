package dev.atelier.runtime.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens' ids and the merges, from {@code vocab.json} and {@code merges.txt} or, where those
 * are missing, from {@code tokenizer.json}.
 */
record Vocabulary(Map<String, Integer> ids, List<List<String>> merges) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Vocabulary read(Path folder) {
    Path vocabulary = folder.resolve("vocab.json");
    Path merges = folder.resolve("merges.txt");
    Path single = folder.resolve("tokenizer.json");
    if (!Files.exists(vocabulary) && !Files.exists(merges) && Files.exists(single)) {
      return readSingle(single);
    }
    return new Vocabulary(ids(json(vocabulary)), lines(merges));
  }

  private static Vocabulary readSingle(Path file) {
    JsonNode root = json(file);
    JsonNode model = root.path("model");
    if (!model.path("type").asText().equals("BPE")) {
      throw new TokenizerException(
          "%s holds a %s model; CLIP needs BPE.".formatted(file, model.path("type")));
    }
    var merges = new ArrayList<List<String>>();
    for (JsonNode merge : model.path("merges")) {
      merges.add(
          merge.isArray()
              ? List.of(merge.get(0).asText(), merge.get(1).asText())
              : pair(merge.asText(), file));
    }
    return new Vocabulary(ids(model.path("vocab")), merges);
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(bytes(file));
    } catch (IOException e) {
      throw new TokenizerException(
          file + " is not readable JSON: " + e.getMessage() + " Copy the file again.", e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new TokenizerException(
          file + " does not exist; the tokenizer needs vocab.json and merges.txt.");
    }
    return Files.readAllBytes(file);
  }

  private static Map<String, Integer> ids(JsonNode vocabulary) {
    var ids = new HashMap<String, Integer>();
    vocabulary.fields().forEachRemaining(e -> ids.put(e.getKey(), e.getValue().asInt()));
    return ids;
  }

  private static List<List<String>> lines(Path file) {
    try {
      var merges = new ArrayList<List<String>>();
      for (String line :
          new String(bytes(file), java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("#version") && !line.isBlank()) {
          merges.add(pair(line.strip(), file));
        }
      }
      return merges;
    } catch (IOException e) {
      throw new TokenizerException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<String> pair(String merge, Path file) {
    String[] parts = merge.split(" ", -1);
    if (parts.length != 2) {
      throw new TokenizerException(
          "%s: merge \"%s\" is not two parts. Copy the file again.".formatted(file, merge));
    }
    return List.of(parts);
  }
}
