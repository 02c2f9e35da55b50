package dev.atelier.runtime.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Learns the merges of a small vocabulary (Sennrich et al. 2016): the most frequent pair first,
 * until every word that was given is one token. Any other text still has its bytes.
 */
public final class BytePairTraining {

  private static final String END = "</w>";

  /** The spelled parts of each word. */
  private final Map<List<String>, Integer> words = new LinkedHashMap<>();

  private final List<List<String>> merges = new ArrayList<>();

  private BytePairTraining(SortedMap<String, Integer> counts) {
    counts.forEach((word, count) -> words.put(spelled(word), count));
  }

  /**
   * Learns from words and how often each occurs, and writes {@code vocab.json} and {@code
   * merges.txt}, laid out as OpenAI's: bytes, bytes at a word's end, merges, start and end token.
   *
   * @return the number of tokens
   */
  public static int write(SortedMap<String, Integer> counts, Path folder) throws IOException {
    var training = new BytePairTraining(counts);
    training.learn();
    var tokens = training.tokens();
    var ids = new LinkedHashMap<String, Integer>();
    tokens.forEach(token -> ids.put(token, ids.size()));
    var lines = new StringBuilder("#version: 0.2\n");
    training.merges.forEach(merge -> lines.append(String.join(" ", merge)).append('\n'));
    Files.createDirectories(folder);
    Files.write(folder.resolve("vocab.json"), new ObjectMapper().writeValueAsBytes(ids));
    Files.writeString(folder.resolve("merges.txt"), lines, StandardCharsets.UTF_8);
    return ids.size();
  }

  private void learn() {
    for (var pairs = pairs(); !pairs.isEmpty(); pairs = pairs()) {
      // Of equally frequent pairs the first in the alphabet, so that the result is always the same.
      var best =
          pairs.entrySet().stream()
              .max(
                  Map.Entry.<List<String>, Integer>comparingByValue()
                      .thenComparing(e -> String.join(" ", e.getKey()), Comparator.reverseOrder()))
              .orElseThrow()
              .getKey();
      merges.add(best);
      merge(best);
    }
  }

  private Map<List<String>, Integer> pairs() {
    var pairs = new TreeMap<String, Integer>();
    words.forEach(
        (parts, count) -> {
          for (int i = 0; i + 1 < parts.size(); i++) {
            pairs.merge(parts.get(i) + " " + parts.get(i + 1), count, Integer::sum);
          }
        });
    var lists = new LinkedHashMap<List<String>, Integer>();
    pairs.forEach((pair, count) -> lists.put(List.of(pair.split(" ", -1)), count));
    return lists;
  }

  private void merge(List<String> pair) {
    var before = new LinkedHashMap<>(words);
    words.clear();
    before.forEach(
        (parts, count) -> {
          var joined = new ArrayList<String>();
          for (int i = 0; i < parts.size(); i++) {
            boolean found = i + 1 < parts.size() && parts.subList(i, i + 2).equals(pair);
            joined.add(found ? parts.get(i) + parts.get(++i) : parts.get(i));
          }
          words.put(joined, count);
        });
  }

  private List<String> tokens() {
    var tokens = new LinkedHashSet<String>();
    ByteAlphabet.all().forEach(tokens::add);
    ByteAlphabet.all().forEach(symbol -> tokens.add(symbol + END));
    merges.forEach(merge -> tokens.add(String.join("", merge)));
    tokens.add(ClipTokenizer.START);
    tokens.add(ClipTokenizer.END);
    return List.copyOf(tokens);
  }

  private static List<String> spelled(String word) {
    var parts = new ArrayList<String>();
    ByteAlphabet.spell(word).chars().forEach(c -> parts.add(Character.toString(c)));
    parts.set(parts.size() - 1, parts.get(parts.size() - 1) + END);
    return parts;
  }
}
