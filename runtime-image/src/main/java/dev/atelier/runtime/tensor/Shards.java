package dev.atelier.runtime.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The files that hold a model's weights: one, or those that the index of shards names. */
final class Shards {
  private Shards() {}

  /** Half-precision copies carry their type in the name; the full ones come first. */
  private static final List<String> VARIANTS = List.of("", ".fp16", ".bf16");

  static List<SafeTensorsFile> open(Path folder, String stem) {
    for (String variant : VARIANTS) {
      Path single = folder.resolve(stem + variant + ".safetensors");
      Path index = folder.resolve(stem + ".safetensors.index" + variant + ".json");
      if (Files.exists(single)) {
        return List.of(SafeTensorsFile.open(single));
      }
      if (Files.exists(index)) {
        return shards(folder, index);
      }
    }
    return List.of(SafeTensorsFile.open(folder.resolve(stem + ".safetensors")));
  }

  private static List<SafeTensorsFile> shards(Path folder, Path index) {
    JsonNode map = weightMap(index);
    var names = new TreeSet<String>();
    map.forEach(file -> names.add(file.asText()));
    var files = new ArrayList<SafeTensorsFile>();
    names.forEach(name -> files.add(SafeTensorsFile.open(folder.resolve(name))));
    map.fields()
        .forEachRemaining(
            entry -> {
              if (files.stream().noneMatch(f -> f.names().contains(entry.getKey()))) {
                throw new WeightsException(
                    "%s says that %s holds tensor %s, but it does not."
                        .formatted(index, entry.getValue().asText(), entry.getKey()));
              }
            });
    return files;
  }

  private static JsonNode weightMap(Path index) {
    try {
      JsonNode map = new ObjectMapper().readTree(Files.readAllBytes(index)).path("weight_map");
      if (map.isEmpty()) {
        throw new WeightsException(index + " has no weight_map.");
      }
      return map;
    } catch (IOException e) {
      throw new WeightsException("Cannot read " + index + ": " + e.getMessage(), e);
    }
  }
}
