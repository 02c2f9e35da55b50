package dev.atelier.runtime.train;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Textual Inversion (Gal et al. 2022): the vectors of a new token, and nothing else. Saved as
 * {@code learned_embeds.safetensors} with the token as the tensor's name.
 */
public final class TextualInversion implements TuningMethod {

  /** The vectors' file. */
  public static final String FILE = "learned_embeds.safetensors";

  private static final String VECTORS = "vectors";

  private final String token;
  private final Tensor vectors;
  private final ParameterGroup group;

  /**
   * Adds the token to the text encoder.
   *
   * @param initializer ids whose vectors are the start, repeated as often as needed
   * @param count vectors of the token
   */
  public TextualInversion(
      ClipTextModel text, String token, List<Integer> initializer, int count, LearningRate rate) {
    this.token = token;
    this.vectors = start(text, initializer, count).requireGradient(true);
    text.addTokens(vectors);
    group = new ParameterGroup(new TreeMap<>(Map.of(VECTORS, vectors)), rate);
  }

  @Override
  public List<ParameterGroup> groups() {
    return List.of(group);
  }

  @Override
  public List<Path> export(Path folder, Map<String, String> metadata) throws IOException {
    var header = new LinkedHashMap<>(metadata);
    header.put("format", "pt");
    Files.createDirectories(folder);
    SortedMap<String, Tensor> named = new TreeMap<>(Map.of(token, vectors));
    SafeTensorsWriter.write(folder.resolve(FILE), named, header);
    return List.of(Path.of(FILE));
  }

  @Override
  public void close() {
    vectors.close();
  }

  private static Tensor start(ClipTextModel text, List<Integer> initializer, int count) {
    if (initializer.isEmpty()) {
      throw new IllegalArgumentException("the initializer has no tokens");
    }
    var rows = new long[count];
    for (int i = 0; i < count; i++) {
      rows[i] = initializer.get(i % initializer.size());
    }
    try (Scope scope = Scope.open()) {
      var ids = text.tokenTable().torch().tensor(rows, count);
      return Scope.release(Ops.embedding(text.tokenTable(), ids).copy());
    }
  }
}
