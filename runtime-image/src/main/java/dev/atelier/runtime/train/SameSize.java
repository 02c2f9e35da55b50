package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples of a set by the size of their latents: only equal sizes go through the denoiser
 * together, and upright clips are not those that lie.
 */
final class SameSize {
  private final List<List<Integer>> groups;
  private final List<Integer> groupOf = new ArrayList<>();

  SameSize(ClipSet set) {
    Map<String, List<Integer>> bySize = new LinkedHashMap<>();
    List<String> sizes = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      try (Scope scope = Scope.open()) {
        sizes.add(Arrays.toString(set.latents(i).shape()));
      }
      bySize.computeIfAbsent(sizes.get(i), size -> new ArrayList<>()).add(i);
    }
    groups = List.copyOf(bySize.values());
    var names = new ArrayList<>(bySize.keySet());
    sizes.forEach(size -> groupOf.add(names.indexOf(size)));
  }

  /**
   * Examples of one size for a batch; sizes come as often as there are examples of them.
   *
   * @param turn how many batches of this set there were before
   */
  List<Integer> batch(long turn, int size, long seed) {
    int group = groupOf.get(Epochs.at(turn, groupOf.size(), seed));
    List<Integer> members = groups.get(group);
    var chosen = new ArrayList<Integer>();
    for (int i = 0; i < size; i++) {
      int place = Epochs.at(turn * size + i, members.size(), SubjectBatches.mix(seed, group + 1L));
      chosen.add(members.get(place));
    }
    return chosen;
  }
}
