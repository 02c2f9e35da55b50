package dev.atelier.runtime.clip;

import dev.atelier.runtime.clip.ClipRecord.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All clips of a set with their verdicts, in the order of their ids. The same clips give the same
 * set, whatever their order and however they were divided among pods.
 */
public record ClipSet(List<ClipRecord> clips) {

  /** Mean bits of 64 up to which frames count as the same. */
  private static final double DUPLICATE_BITS = 6;

  public ClipSet {
    clips = List.copyOf(clips);
  }

  /**
   * Judges clips beside one another.
   *
   * @param dropDuplicates whether of those that look alike only the one with most detail stays
   */
  public static ClipSet of(List<ClipRecord> clips, boolean dropDuplicates) {
    var sorted = new ArrayList<>(clips);
    sorted.sort(Comparator.comparing(ClipRecord::id));
    return new ClipSet(dropDuplicates ? withoutDuplicates(sorted) : sorted);
  }

  /** The clips that a model may learn from. */
  public List<ClipRecord> accepted() {
    return clips.stream().filter(ClipRecord::accepted).toList();
  }

  /** The others. */
  public List<ClipRecord> rejected() {
    return clips.stream().filter(clip -> !clip.accepted()).toList();
  }

  /** How many clips got each verdict, in the order of the verdicts. */
  public Map<ClipVerdict, Integer> histogram() {
    var counts = new EnumMap<ClipVerdict, Integer>(ClipVerdict.class);
    clips.forEach(clip -> counts.merge(clip.verdict(), 1, Integer::sum));
    return counts;
  }

  /** The histogram in words: {@code 12 Accepted, 3 Static}. */
  public String told() {
    return String.join(
        ", ", histogram().entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
  }

  private static List<ClipRecord> withoutDuplicates(List<ClipRecord> clips) {
    var order = new ArrayList<Candidate>();
    for (int i = 0; i < clips.size(); i++) {
      if (clips.get(i).accepted() && !clips.get(i).fingerprints().isEmpty()) {
        order.add(Candidate.of(i, clips.get(i)));
      }
    }
    order.sort(
        Comparator.comparingDouble((Candidate one) -> -one.clip().detail())
            .thenComparing(one -> one.clip().id()));
    var judged = new ArrayList<>(clips);
    var kept = new ArrayList<Candidate>();
    for (var one : order) {
      var twin = kept.stream().filter(one::looksLike).findFirst();
      if (twin.isPresent()) {
        judged.set(one.index(), one.clip().with(duplicate(twin.get().clip())));
      } else {
        kept.add(one);
      }
    }
    return judged;
  }

  private static ClipFinding duplicate(ClipRecord of) {
    return new ClipFinding(
        ClipVerdict.NearDuplicate, "nearly the same as %s of %s".formatted(of.id(), of.source()));
  }

  private record Candidate(int index, ClipRecord clip, List<Fingerprint> frames) {

    static Candidate of(int index, ClipRecord clip) {
      return new Candidate(
          index, clip, clip.fingerprints().stream().map(Fingerprint::parse).toList());
    }

    boolean looksLike(Candidate other) {
      if (clip.kind() != other.clip.kind()) {
        return false;
      }
      int count = clip.kind() == Kind.Image ? 1 : frames.size();
      int bits = 0;
      for (int i = 0; i < count; i++) {
        bits += frames.get(i).hash().distance(other.frames.get(i).hash());
      }
      return bits <= DUPLICATE_BITS * count && sameColours(other, count);
    }

    private boolean sameColours(Candidate other, int count) {
      for (int i = 0; i < count; i++) {
        if (frames.get(i).coloured(other.frames.get(i))) {
          return false;
        }
      }
      return true;
    }
  }
}
