package dev.atelier.runtime.train;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Textual Inversion (Gal et al. 2022): the vectors of a new token, and nothing else. Saved as
 * {@code learned_embeds.safetensors} with the token as the tensor's name, those of XL's second text
 * encoder as {@code learned_embeds_2.safetensors}: the files that diffusers' scripts write.
 */
public final class TextualInversion implements TuningMethod {

  /** The vectors' files, in the order of the text encoders. */
  public static final List<String> FILES =
      List.of("learned_embeds.safetensors", "learned_embeds_2.safetensors");

  /** Names of the vectors in a checkpoint, in the same order. */
  private static final List<String> NAMES = List.of("vectors", "vectors_2");

  private final String token;
  private final SortedMap<String, Tensor> vectors = new TreeMap<>();
  private final ParameterGroup group;

  /**
   * A text encoder that learns the token.
   *
   * @param initializer ids whose vectors are the start, repeated as often as needed
   */
  public record Reader(ClipTextModel text, List<Integer> initializer) {
    public Reader {
      initializer = List.copyOf(initializer);
    }
  }

  /**
   * Adds the token to text encoders.
   *
   * @param readers one, or XL's two
   * @param count vectors of the token
   */
  public TextualInversion(List<Reader> readers, String token, int count, LearningRate rate) {
    this.token = token;
    for (int i = 0; i < readers.size(); i++) {
      var learnt = start(readers.get(i), count).requireGradient(true);
      readers.get(i).text().addTokens(learnt);
      vectors.put(NAMES.get(i), learnt);
    }
    group = new ParameterGroup(vectors, rate);
  }

  @Override
  public List<ParameterGroup> groups() {
    return List.of(group);
  }

  @Override
  public List<Path> export(Path folder, Map<String, String> metadata) throws IOException {
    return files().write(folder, metadata);
  }

  @Override
  public Optional<Path> difference(Path folder) {
    return files().difference(folder);
  }

  private TrainedFiles files() {
    var files = new TrainedFiles();
    for (int i = 0; i < vectors.size(); i++) {
      files.with(
          Path.of(FILES.get(i)), Map.of(token, Objects.requireNonNull(vectors.get(NAMES.get(i)))));
    }
    return files;
  }

  @Override
  public void close() {
    vectors.values().forEach(Tensor::close);
  }

  private static Tensor start(Reader reader, int count) {
    var initializer = reader.initializer();
    if (initializer.isEmpty()) {
      throw new IllegalArgumentException("the initializer has no tokens");
    }
    var rows = new long[count];
    for (int i = 0; i < count; i++) {
      rows[i] = initializer.get(i % initializer.size());
    }
    try (Scope scope = Scope.open()) {
      var table = reader.text().tokenTable();
      return Scope.release(Ops.embedding(table, table.torch().tensor(rows, count)).copy());
    }
  }
}
