package dev.atelier.runtime.stage;

import com.fasterxml.jackson.databind.JavaType;
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
import java.util.function.ToIntFunction;

/**
 * Rounds in the store, {@code step-000100/parameters.safetensors} and then {@code round.json}: one
 * without the latter does not count. They outlive attempts, so that a resumed training knows what
 * was judged before it.
 *
 * @param <S> what is known of a round
 */
final class RoundShelf<S> {

  private static final ObjectMapper JSON = StageJson.json();
  private static final String PARAMETERS = "/parameters.safetensors";
  private static final String ROUND = "/round.json";

  private final ArtifactStore store;
  private final String prefix;
  private final Path scratch;
  private final JavaType form;
  private final ToIntFunction<S> step;

  /**
   * @param prefix key of the directory that holds the rounds
   * @param scratch local directory for files on their way
   * @param type of what is known of a round
   * @param step that a round judged
   */
  RoundShelf(
      ArtifactStore store, String prefix, Path scratch, Class<S> type, ToIntFunction<S> step) {
    this.store = store;
    this.prefix = prefix;
    this.scratch = scratch;
    this.form = JSON.getTypeFactory().constructParametricType(Round.class, type);
    this.step = step;
  }

  /** The rounds of portraits. */
  static RoundShelf<CheckpointScore> ofScores(ArtifactStore store, String prefix, Path scratch) {
    return new RoundShelf<>(store, prefix, scratch, CheckpointScore.class, CheckpointScore::step);
  }

  /**
   * A round.
   *
   * @param parametersSha256 digest of the weights that it judged; empty where they were not kept
   */
  record Round<S>(S score, String parametersSha256) {}

  /** The rounds that were judged, in the order of training. */
  List<S> scores() {
    return store.list(prefix).stream()
        .map(ArtifactStore.Entry::key)
        .filter(key -> key.endsWith(ROUND))
        .sorted()
        .map(key -> read(key).orElseThrow().score())
        .toList();
  }

  /** Keeps a round; it counts when this returns. */
  void save(S score, Map<String, Tensor> parameters) throws IOException {
    var file = Files.createTempFile(scratch, "round-", ".safetensors");
    try {
      SafeTensorsWriter.write(file, parameters, Map.of("format", "pt"));
      store.put(folder(step.applyAsInt(score)) + PARAMETERS, file);
      note(score, Digests.of(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Keeps a round whose weights cannot be chosen. */
  void save(S score) throws IOException {
    note(score, "");
  }

  private void note(S score, String parameters) throws IOException {
    store.put(
        folder(step.applyAsInt(score)) + ROUND,
        JSON.writeValueAsBytes(new Round<>(score, parameters)));
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

  private Optional<Round<S>> read(String key) {
    return store
        .read(key)
        .map(
            bytes -> {
              try {
                return JSON.<Round<S>>readValue(bytes, form);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private String folder(int step) {
    return "%s/step-%06d".formatted(prefix, step);
  }
}
