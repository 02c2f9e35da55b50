package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.WeightsException;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The tokens of a {@code learned_embeds.safetensors} file (Textual Inversion).
 *
 * @param vectors by token, {@code [vectors, width]} each
 * @param all every vector, in the order of the tokens
 */
public record LearntTokens(Map<String, Integer> vectors, Tensor all) implements AutoCloseable {

  /**
   * Reads the file.
   *
   * @throws WeightsException if it holds anything but vectors of one width
   */
  public static LearntTokens read(Torch torch, Path file) {
    try (Scope scope = Scope.open()) {
      var tensors = SafeTensorsFile.readAll(torch, file);
      var counts = new LinkedHashMap<String, Integer>();
      long width = -1;
      for (var named : tensors.entrySet()) {
        var shape = named.getValue().shape();
        if (shape.length != 2 || (width >= 0 && shape[1] != width)) {
          throw new WeightsException(
              "%s: %s %s is no list of vectors as wide as the others."
                  .formatted(file, named.getKey(), named.getValue()));
        }
        width = shape[1];
        counts.put(named.getKey(), (int) shape[0]);
      }
      if (counts.isEmpty()) {
        throw new WeightsException(file + " holds no tokens.");
      }
      var all = Ops.concat(0, tensors.values().stream().toList());
      return new LearntTokens(counts, Scope.release(all));
    }
  }

  /** Adds the tokens to a text encoder, and gives the tokenizer that knows them. */
  public ClipTokenizer teach(ClipTokenizer tokenizer, ClipTextModel text) {
    var config = text.config();
    if (all.size(1) != config.width()) {
      throw new WeightsException(
          "The learnt tokens %s have vectors of %d values, the text encoder's have %d."
              .formatted(vectors.keySet(), all.size(1), config.width()));
    }
    text.addTokens(all);
    int next = config.vocabulary();
    var taught = tokenizer;
    for (var token : vectors.entrySet()) {
      taught =
          taught.with(
              token.getKey(), IntStream.range(next, next + token.getValue()).boxed().toList());
      next += token.getValue();
    }
    return taught;
  }

  @Override
  public void close() {
    all.close();
  }
}
