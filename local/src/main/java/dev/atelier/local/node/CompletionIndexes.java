package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Completion indexes of an Indexed Job, in the form of {@code status.completedIndexes}: 0,2-4. */
final class CompletionIndexes {
  static final String ANNOTATION = "batch.kubernetes.io/job-completion-index";

  private CompletionIndexes() {}

  static Optional<Integer> of(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .map(a -> a.get(ANNOTATION))
        .map(Integer::valueOf);
  }

  static SortedSet<Integer> parse(String text) {
    SortedSet<Integer> all = new TreeSet<>();
    Arrays.stream(text.split(","))
        .filter(s -> !s.isBlank())
        .map(s -> s.split("-", 2))
        .forEach(
            range ->
                IntStream.rangeClosed(
                        Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1]))
                    .forEach(all::add));
    return all;
  }

  /** Ranges of three or more are shortened, as the controller writes them. */
  static String format(Collection<Integer> indexes) {
    StringBuilder text = new StringBuilder();
    Integer[] all = new TreeSet<>(indexes).toArray(Integer[]::new);
    for (int i = 0; i < all.length; ) {
      int j = i;
      while (j + 1 < all.length && all[j + 1] == all[j] + 1) {
        j++;
      }
      text.append(text.isEmpty() ? "" : ",").append(all[i]);
      if (j > i) {
        text.append(j - i > 1 ? "-" : ",").append(all[j]);
      }
      i = j + 1;
    }
    return text.toString();
  }
}
