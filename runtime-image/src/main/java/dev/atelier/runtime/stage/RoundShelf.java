package dev.atelier.runtime.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rounds in the store, {@code step-000100/parameters.safetensors} and then {@code round.json}: one
 * without the latter does not count. They outlive attempts, so that a resumed training knows what
 * was judged before it.
 */
final class RoundShelf {

  private static final ObjectMapper JSON = StageJson.json();
  private static final String PARAMETERS = "/parameters.safetensors";
  private static final String ROUND = "/round.json";

  private final ArtifactStore store;
  private final String prefix;
  private final Path scratch;

  /**
   * @param prefix key of the directory that holds the rounds
   * @param scratch local directory for files on their way
   */
  RoundShelf(ArtifactStore store, String prefix, Path scratch) {
    this.store = store;
    this.prefix = prefix;
    this.scratch = scratch;
  }

  /** What is known of a round: its scores, and the digest of the weights that it judged. */
  record Round(CheckpointScore score, String parametersSha256) {}

  /** The rounds that were judged, in the order of training. */
  List<CheckpointScore> scores() {
    return store.list(prefix).stream()
        .map(ArtifactStore.Entry::key)
        .filter(key -> key.endsWith(ROUND))
        .sorted()
        .map(key -> read(key).orElseThrow().score())
        .toList();
  }

  /** Keeps a round; it counts when this returns. */
  void save(CheckpointScore score, Map<String, Tensor> parameters) throws IOException {
    var file = Files.createTempFile(scratch, "round-", ".safetensors");
    try {
      SafeTensorsWriter.write(file, parameters, Map.of("format", "pt"));
      store.put(folder(score.step()) + PARAMETERS, file);
      var round = new Round(score, Digests.of(file));
      store.put(folder(score.step()) + ROUND, JSON.writeValueAsBytes(round));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Frees the weights of rounds that can no longer be chosen; their scores stay. */
  void keepWeights(Collection<Integer> steps) {
    var kept = steps.stream().map(step -> folder(step) + PARAMETERS).toList();
    store.list(prefix).stream()
        .map(ArtifactStore.Entry::key)
        .filter(key -> key.endsWith(PARAMETERS) && !kept.contains(key))
        .forEach(store::delete);
  }

  /** The weights of a round; empty if they are gone or damaged. */
  Optional<Map<String, Tensor>> parameters(Torch torch, int step) throws IOException {
    var round = read(folder(step) + ROUND);
    var file = store.local(folder(step) + PARAMETERS);
    if (round.isEmpty()
        || file.isEmpty()
        || !Digests.of(file.get()).equals(round.get().parametersSha256())) {
      return Optional.empty();
    }
    return Optional.of(SafeTensorsFile.readAll(torch, file.get()));
  }

  private Optional<Round> read(String key) {
    return store
        .read(key)
        .map(
            bytes -> {
              try {
                return JSON.readValue(bytes, Round.class);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private String folder(int step) {
    return "%s/step-%06d".formatted(prefix, step);
  }
}
