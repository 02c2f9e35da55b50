package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.WeightsException;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The tokens of a {@code learned_embeds.safetensors} file (Textual Inversion).
 *
 * @param vectors by token, {@code [vectors, width]} each
 * @param all every vector, in the order of the tokens
 */
public record LearntTokens(Map<String, Integer> vectors, Tensor all) implements AutoCloseable {

  /** The name that AUTOMATIC1111 gives the vectors; the token is the file's name there. */
  private static final String NAMELESS = "emb_params";

  /**
   * Reads the file: of diffusers, whose tensors are named as their tokens, or of AUTOMATIC1111,
   * whose file is.
   *
   * @throws WeightsException if it holds anything but vectors of one width
   */
  public static LearntTokens read(Torch torch, Path file) {
    String name = String.valueOf(file.getFileName());
    return read(torch, file, name.replaceFirst("\\.safetensors$", ""));
  }

  /**
   * As above.
   *
   * @param token of vectors without a name
   */
  public static LearntTokens read(Torch torch, Path file, String token) {
    try (Scope scope = Scope.open()) {
      var tensors = SafeTensorsFile.readAll(torch, file);
      var counts = new LinkedHashMap<String, Integer>();
      var rows = new ArrayList<Tensor>();
      for (var named : tensors.entrySet()) {
        var vectors = named.getValue().to(DType.FLOAT32);
        var shape = vectors.shape();
        var own = shape.length == 1 ? vectors.reshape(1, shape[0]) : vectors;
        if (shape.length > 2 || shape.length == 0 || own.size(1) != width(rows, own)) {
          throw new WeightsException(
              "%s: %s %s is no list of vectors as wide as the others."
                  .formatted(file, named.getKey(), named.getValue()));
        }
        if (!own.isFinite()) {
          throw new WeightsException(
              "%s: %s holds values that are not numbers; train it again."
                  .formatted(file, named.getKey()));
        }
        rows.add(own);
        counts.put(named.getKey().equals(NAMELESS) ? token : named.getKey(), (int) own.size(0));
      }
      if (counts.isEmpty()) {
        throw new WeightsException(file + " holds no tokens.");
      }
      return new LearntTokens(counts, Scope.release(Ops.concat(0, rows)));
    }
  }

  /** Several files' tokens as one's, in the order of the files; the files' own are closed. */
  public static LearntTokens join(List<LearntTokens> files) {
    var counts = new LinkedHashMap<String, Integer>();
    for (var file : files) {
      for (var token : file.vectors().entrySet()) {
        if (counts.put(token.getKey(), token.getValue()) != null) {
          throw new WeightsException("Two files teach the token " + token.getKey() + ".");
        }
      }
    }
    try (Scope scope = Scope.open()) {
      var all = Ops.concat(0, files.stream().map(LearntTokens::all).toList());
      files.forEach(LearntTokens::close);
      return new LearntTokens(counts, Scope.release(all));
    }
  }

  private static long width(List<Tensor> rows, Tensor own) {
    return rows.isEmpty() ? own.size(1) : rows.get(0).size(1);
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
