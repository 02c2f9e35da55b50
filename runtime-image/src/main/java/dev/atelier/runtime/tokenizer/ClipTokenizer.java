package dev.atelier.runtime.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts prompts into the ids that a CLIP text encoder was trained on, identical to transformers'
 * {@code CLIPTokenizer} with ftfy installed, which is what diffusers pipelines load.
 */
public final class ClipTokenizer {
  static final String START = "<|startoftext|>";
  static final String END = "<|endoftext|>";
  private static final int CLIP_LENGTH = 77;
  private static final String WHOLE_WORD = "(?<![\\p{L}\\p{N}])%s(?![\\p{L}\\p{N}])";
  private static final Pattern WORDS =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final Map<String, Integer> ids;
  private final Map<String, List<Integer>> special;
  private final Map<String, List<Integer>> words;
  private final BytePairs pairs;
  private final int start;
  private final int end;
  private final int padding;
  private final int length;

  private ClipTokenizer(Path folder, Vocabulary vocabulary, JsonNode config) {
    ids = vocabulary.ids();
    pairs = new BytePairs(vocabulary.merges());
    start = required(folder, ids, content(config, "bos_token", START));
    end = required(folder, ids, content(config, "eos_token", END));
    padding = required(folder, ids, content(config, "pad_token", END));
    // Files of old write a huge number for "no limit".
    length = Math.min(CLIP_LENGTH, config.path("model_max_length").asInt(CLIP_LENGTH));
    special = new HashMap<>();
    config
        .path("added_tokens_decoder")
        .fields()
        .forEachRemaining(
            e ->
                special.put(
                    e.getValue().path("content").asText(), List.of(Integer.parseInt(e.getKey()))));
    special.put(content(config, "bos_token", START), List.of(start));
    special.put(content(config, "eos_token", END), List.of(end));
    words = Map.of();
  }

  private ClipTokenizer(ClipTokenizer other, Map<String, List<Integer>> words) {
    ids = other.ids;
    pairs = other.pairs;
    start = other.start;
    end = other.end;
    padding = other.padding;
    length = other.length;
    special = other.special;
    this.words = Map.copyOf(words);
  }

  /** Entries of the vocabulary, the most frequent first. */
  public int words() {
    return ids.size();
  }

  /**
   * This tokenizer with a learnt word: wherever it stands as a whole word it becomes the ids of its
   * vectors.
   */
  public ClipTokenizer with(String word, List<Integer> learnt) {
    var more = new HashMap<>(words);
    more.put(word, List.copyOf(learnt));
    return new ClipTokenizer(this, more);
  }

  /**
   * Reads a transformers folder: {@code vocab.json} and {@code merges.txt} (or {@code
   * tokenizer.json}), and {@code tokenizer_config.json} or {@code special_tokens_map.json} for
   * length and special tokens.
   *
   * @throws TokenizerException if a file is missing or damaged
   */
  public static ClipTokenizer read(Path folder) {
    return new ClipTokenizer(
        folder,
        Vocabulary.read(folder),
        optional(folder, "tokenizer_config.json")
            .or(() -> optional(folder, "special_tokens_map.json"))
            .orElse(MissingNode.getInstance()));
  }

  /** Positions that the text encoder has; {@link #encode} gives exactly that many ids. */
  public int length() {
    return length;
  }

  /** Start token, the text, end token, padding; a longer text is cut at the end. */
  public long[] encode(String text) {
    return framed(tokens(text));
  }

  /** Start token, the given ones as far as there is room, end token, padding. */
  public long[] framed(List<Integer> tokens) {
    long[] encoded = new long[length];
    Arrays.fill(encoded, padding);
    int kept = Math.min(tokens.size(), length - 2);
    encoded[0] = start;
    for (int i = 0; i < kept; i++) {
      encoded[i + 1] = tokens.get(i);
    }
    encoded[kept + 1] = end;
    return encoded;
  }

  /** Whether {@link #encode} cuts the text. */
  public boolean cuts(String text) {
    return tokens(text).size() > length - 2;
  }

  /** The text alone: neither start nor end token, padding or cut. */
  public List<Integer> tokens(String text) {
    var tokens = new ArrayList<Integer>();
    int from = 0;
    Matcher marker = marker().matcher(text);
    while (marker.find()) {
      addWords(tokens, text.substring(from, marker.start()));
      tokens.addAll(
          special.getOrDefault(marker.group(), words.getOrDefault(marker.group(), List.of(end))));
      from = marker.end();
    }
    addWords(tokens, text.substring(from));
    return tokens;
  }

  private Pattern marker() {
    List<String> longestFirst = new ArrayList<>(special.keySet());
    longestFirst.sort((a, b) -> b.length() - a.length());
    var alternatives = new ArrayList<>(longestFirst.stream().map(Pattern::quote).toList());
    words.keySet().forEach(word -> alternatives.add(WHOLE_WORD.formatted(Pattern.quote(word))));
    return Pattern.compile(String.join("|", alternatives));
  }

  private void addWords(List<Integer> tokens, String text) {
    Matcher word = WORDS.matcher(TextCleanUp.apply(text));
    while (word.find()) {
      for (String token : pairs.split(ByteAlphabet.spell(word.group()))) {
        tokens.add(ids.getOrDefault(token, end));
      }
    }
  }

  private static int required(Path folder, Map<String, Integer> ids, String token) {
    return Optional.ofNullable(ids.get(token))
        .orElseThrow(
            () ->
                new TokenizerException(
                    "%s: the vocabulary lacks the special token %s. Is this a CLIP tokenizer?"
                        .formatted(folder, token)));
  }

  /** Special tokens are written as text or as an object with the text in {@code content}. */
  private static String content(JsonNode config, String field, String missing) {
    JsonNode token = config.path(field);
    return token.isObject() ? token.path("content").asText(missing) : token.asText(missing);
  }

  private static Optional<JsonNode> optional(Path folder, String name) {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Optional.of(Vocabulary.json(file)) : Optional.empty();
  }
}
