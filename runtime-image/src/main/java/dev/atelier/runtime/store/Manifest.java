package dev.atelier.runtime.store;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param safety what the output check said of each picture that it blocked or marked
 * @param advised what prompts hold that the platform's rules advise against, and was drawn
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Judged> safety,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Advised> advised,
    TerminationMessage words) {

  /** Manifests of earlier releases say nothing of safety, most of them nothing of advice. */
  public Manifest {
    safety = safety == null ? List.of() : List.copyOf(safety);
    advised = advised == null ? List.of() : List.copyOf(advised);
  }

  /**
   * A published file.
   *
   * @param name unique in the manifest, such as {@code photos/IMG_1.png}
   * @param path key in the store
   */
  public record StoredFile(
      String name, String path, String mediaType, long sizeBytes, String sha256) {}

  /**
   * A picture or clip that the output check blocked or marked.
   *
   * @param name as that of its file, without the ending; a blocked one has no file
   * @param verdict {@code Review} or {@code Blocked}
   * @param score of the model, 0..1
   * @param model name and digest of the model that gave the score
   * @param reason a sentence for a person
   */
  public record Judged(String name, String verdict, double score, String model, String reason) {}

  /**
   * A prompt, or the subject, that was drawn with a finding.
   *
   * @param name of the prompt, or {@code subject}
   * @param category of the finding, such as {@code Nudity} or {@code Platform}
   * @param term that was found
   * @param list name and digest of the list that holds it
   * @param reason a sentence for a person
   */
  public record Advised(String name, String category, String term, String list, String reason) {}

  /** The file of a name. */
  public Optional<StoredFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** The files whose names start with a prefix, in the manifest's order. */
  public List<StoredFile> filesBelow(String prefix) {
    return files.stream().filter(file -> file.name().startsWith(prefix)).toList();
  }
}
