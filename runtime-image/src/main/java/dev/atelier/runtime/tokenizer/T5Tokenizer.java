package dev.atelier.runtime.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Cuts prompts into the SentencePiece ids of a T5 or UMT5 encoder, identical to transformers'
 * {@code T5TokenizerFast}: a Unigram model (Kudo 2018) that {@code tokenizer.json} describes, read
 * by the library that transformers itself uses.
 */
public final class T5Tokenizer implements AutoCloseable {
  private static final String FILE = "tokenizer.json";

  /** T5 and UMT5 both pad with id 0. */
  private static final long PADDING = 0;

  private final HuggingFaceTokenizer tokenizer;

  private T5Tokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Ids of one length.
   *
   * @param ids the text, its end token, padding
   * @param used how many are not padding
   */
  public record Encoded(long[] ids, int used) {
    public Encoded {
      ids = ids.clone();
    }

    @Override
    public long[] ids() {
      return ids.clone();
    }
  }

  /**
   * Reads the {@code tokenizer} folder of a pipeline.
   *
   * @throws TokenizerException if {@code tokenizer.json} is missing or damaged
   */
  public static T5Tokenizer read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new TokenizerException(
          "%s lacks %s. Save the tokenizer with transformers' T5TokenizerFast, which writes it beside spiece.model."
              .formatted(folder, FILE));
    }
    try {
      return new T5Tokenizer(
          HuggingFaceTokenizer.newInstance(
              file, Map.of("padding", "false", "truncation", "false")));
    } catch (IOException | RuntimeException e) {
      throw new TokenizerException(
          "%s is no tokenizer: %s. Copy the file again.".formatted(file, e.getMessage()), e);
    }
  }

  /** The cleaned-up text, its end token, padding; a longer text is cut before the end token. */
  public Encoded encode(String text, int length) {
    long[] all = tokens(TextCleanUp.keepingCase(text));
    int used = Math.min(all.length, length);
    long[] ids = new long[length];
    Arrays.fill(ids, PADDING);
    System.arraycopy(all, 0, ids, 0, used);
    ids[used - 1] = all[all.length - 1];
    return new Encoded(ids, used);
  }

  /** Whether {@link #encode} cuts the text. */
  public boolean cuts(String text, int length) {
    return tokens(TextCleanUp.keepingCase(text)).length > length;
  }

  /** The text as it is and its end token. */
  public long[] tokens(String text) {
    return tokenizer.encode(text).getIds();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
