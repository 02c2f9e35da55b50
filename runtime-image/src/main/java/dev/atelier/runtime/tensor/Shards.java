package dev.atelier.runtime.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files that hold a model's weights: one, or those that the index of shards names. */
final class Shards {
  private Shards() {}

  private static final String WEIGHTS = ".safetensors";
  private static final String INDEX = WEIGHTS + ".index";
  private static final String JSON = ".json";

  /** Half-precision copies carry their type in the name; the full ones come first. */
  private static final List<String> VARIANTS = List.of("", ".fp16", ".bf16");

  static List<SafeTensorsFile> open(Path folder, String stem) {
    Path found = find(folder, stem);
    return isIndex(found) ? shards(folder, found) : List.of(SafeTensorsFile.open(found));
  }

  /** The files by the names under which readers that know no variants look for them. */
  static Map<String, Path> files(Path folder, String stem) {
    Path found = find(folder, stem);
    if (!isIndex(found)) {
      return Map.of(stem + WEIGHTS, found);
    }
    var files = new TreeMap<String, Path>();
    files.put(stem + INDEX + JSON, found);
    weightMap(found).forEach(shard -> files.put(shard.asText(), folder.resolve(shard.asText())));
    return files;
  }

  private static Path find(Path folder, String stem) {
    return VARIANTS.stream()
        .flatMap(variant -> Stream.of(stem + variant + WEIGHTS, stem + INDEX + variant + JSON))
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElse(folder.resolve(stem + WEIGHTS));
  }

  private static boolean isIndex(Path found) {
    return found.toString().endsWith(JSON);
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
