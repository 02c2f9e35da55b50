package dev.atelier.runtime.stage;

import dev.atelier.runtime.latent.LatentIndex;
import dev.atelier.runtime.store.Digests;
import dev.atelier.stage.VideoTrainingInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Clips, or pictures, that training does not see, so that its loss is not measured on what was
 * learned by heart: one in ten, at most sixteen. Clips of one film look alike, so that whole films
 * are held back where they are not too long.
 *
 * @param learned what training sees
 * @param kept what it does not see; empty where there are too few to spare one
 */
record HeldOutClips(List<LatentIndex.Entry> learned, List<LatentIndex.Entry> kept) {

  /** With fewer every one is needed to learn from. */
  private static final int FEWEST = 5;

  private static final int SHARE = 10;
  private static final int MOST = 16;

  HeldOutClips {
    learned = List.copyOf(learned);
    kept = List.copyOf(kept);
  }

  /** Everything is learned from. */
  static HeldOutClips none(List<LatentIndex.Entry> entries) {
    return new HeldOutClips(entries, List.of());
  }

  /** What a training learns from: only one that measures its loss holds some back. */
  static HeldOutClips of(VideoTrainingInput training, List<LatentIndex.Entry> entries) {
    return training.autoStop().enabled() ? of(entries) : none(entries);
  }

  /** Holds some back, the same ones each time. */
  static HeldOutClips of(List<LatentIndex.Entry> entries) {
    if (entries.size() < FEWEST) {
      return none(entries);
    }
    int count = Math.min(MOST, Math.max(1, entries.size() / SHARE));
    var kept = films(entries, count);
    if (kept.isEmpty()) {
      kept =
          entries.stream()
              .sorted(Comparator.comparing(entry -> lot(entry.id())))
              .limit(count)
              .toList();
    }
    var held = kept;
    return new HeldOutClips(entries.stream().filter(entry -> !held.contains(entry)).toList(), held);
  }

  /** What the loss is measured on: where nothing is held back, what is learned from. */
  List<LatentIndex.Entry> judging() {
    return kept.isEmpty() ? learned.subList(0, Math.min(MOST, learned.size())) : kept;
  }

  private static List<LatentIndex.Entry> films(List<LatentIndex.Entry> entries, int count) {
    Map<String, List<LatentIndex.Entry>> films = new LinkedHashMap<>();
    for (var entry : entries) {
      films.computeIfAbsent(film(entry.id()), name -> new ArrayList<>()).add(entry);
    }
    var kept = new ArrayList<LatentIndex.Entry>();
    films.keySet().stream()
        .sorted(Comparator.comparing(HeldOutClips::lot))
        .map(name -> films.getOrDefault(name, List.of()))
        .filter(clips -> kept.size() + clips.size() <= count)
        .forEach(kept::addAll);
    return kept;
  }

  /** {@code harbour} of {@code harbour-003}. */
  private static String film(String clip) {
    int end = clip.lastIndexOf('-');
    return end < 0 ? clip : clip.substring(0, end);
  }

  private static String lot(String name) {
    return Digests.of(name.getBytes(StandardCharsets.UTF_8));
  }
}
