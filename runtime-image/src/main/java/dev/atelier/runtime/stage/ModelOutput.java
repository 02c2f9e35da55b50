package dev.atelier.runtime.stage;

import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PipelineFile;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.TerminationMessage.Artifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Stores the files of a trained model below {@link TunedFiles#FOLDER}. The manifest lists them all;
 * the last words, which are short, name the trained weights and the index of a whole pipeline.
 */
final class ModelOutput {

  private static final String WEIGHTS = ".safetensors";
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          WEIGHTS, "application/x-safetensors", ".json", "application/json", ".txt", "text/plain");

  private final StageFolder folder;
  private final List<Artifact> artifacts = new ArrayList<>();

  ModelOutput(StageFolder folder) {
    this.folder = folder;
  }

  /** Stores what training exported; the first of its weight files is the artifact "model". */
  ModelOutput trained(Path scratch, List<Path> files) throws IOException {
    for (var file : files) {
      var name = slashed(file);
      var stored = folder.put(TunedFiles.FOLDER + name, scratch.resolve(file), mediaType(name));
      if (name.endsWith(WEIGHTS)) {
        artifacts.add(Artifacts.of(artifacts.isEmpty() ? "model" : "model/" + name, stored));
      }
    }
    return this;
  }

  /** Stores the rest of a diffusers folder, whose index is the artifact "pipeline". */
  ModelOutput around(List<PipelineFile> files) throws IOException {
    for (var file : files) {
      var name = TunedFiles.FOLDER + file.name();
      var stored = folder.put(name, file.source(), mediaType(name));
      if (file.name().equals(ModelFiles.INDEX)) {
        artifacts.add(Artifacts.of("pipeline", stored));
      }
    }
    return this;
  }

  /** What a status names. */
  List<Artifact> artifacts() {
    return List.copyOf(artifacts);
  }

  /** A file's name as a key says it. */
  static String slashed(Path file) {
    return file.toString().replace('\\', '/');
  }

  private static String mediaType(String name) {
    return MEDIA_TYPES.getOrDefault(
        name.substring(Math.max(0, name.lastIndexOf('.'))), "application/octet-stream");
  }
}
