package dev.atelier.runtime.store;

import dev.atelier.stage.TerminationMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stage published: readers trust only what a manifest lists.
 *
 * @param stage title of the stage
 * @param run run id
 * @param attempt attempt that published
 * @param inputSha256 digest of the stage's input; the same input is not worked on twice
 * @param files every published file
 * @param provenance base model digest and licence, dataset digest, seed, code version and the like
 * @param words the last words of the attempt that published
 */
public record Manifest(
    String stage,
    String run,
    int attempt,
    String inputSha256,
    Instant createdAt,
    List<StoredFile> files,
    Map<String, String> provenance,
    TerminationMessage words) {

  /**
   * A published file.
   *
   * @param name unique in the manifest, such as {@code photos/IMG_1.png}
   * @param path key in the store
   */
  public record StoredFile(
      String name, String path, String mediaType, long sizeBytes, String sha256) {}

  /** The file of a name. */
  public Optional<StoredFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** The files whose names start with a prefix, in the manifest's order. */
  public List<StoredFile> filesBelow(String prefix) {
    return files.stream().filter(file -> file.name().startsWith(prefix)).toList();
  }
}
