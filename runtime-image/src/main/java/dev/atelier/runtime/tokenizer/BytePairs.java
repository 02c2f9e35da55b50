package dev.atelier.runtime.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Byte-pair encoding of one word (Sennrich et al. 2016): the earliest learnt merge first. */
final class BytePairs {
  /** Marks the end of a word. */
  private static final String END = "</w>";

  private final Map<Pair, Integer> ranks = new HashMap<>();

  private record Pair(String left, String right) {}

  /**
   * @param merges left and right part of each merge in the order they were learnt
   */
  BytePairs(List<List<String>> merges) {
    for (List<String> merge : merges) {
      ranks.putIfAbsent(new Pair(merge.get(0), merge.get(1)), ranks.size());
    }
  }

  /** The tokens of a word that {@link ByteAlphabet} spelled. */
  List<String> split(String word) {
    var parts = new ArrayList<String>();
    word.codePoints().forEach(c -> parts.add(Character.toString(c)));
    parts.set(parts.size() - 1, parts.get(parts.size() - 1) + END);
    for (Pair best = best(parts); isKnown(best); best = best(parts)) {
      merge(parts, best);
    }
    return parts;
  }

  private Pair best(List<String> parts) {
    Pair best = new Pair("", "");
    int lowest = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < parts.size(); i++) {
      var pair = new Pair(parts.get(i), parts.get(i + 1));
      int rank = ranks.getOrDefault(pair, Integer.MAX_VALUE);
      if (rank < lowest) {
        lowest = rank;
        best = pair;
      }
    }
    return best;
  }

  private boolean isKnown(Pair pair) {
    return ranks.containsKey(pair);
  }

  private static void merge(List<String> parts, Pair pair) {
    for (int i = 0; i + 1 < parts.size(); i++) {
      if (parts.get(i).equals(pair.left()) && parts.get(i + 1).equals(pair.right())) {
        parts.set(i, pair.left() + pair.right());
        parts.remove(i + 1);
      }
    }
  }
}
