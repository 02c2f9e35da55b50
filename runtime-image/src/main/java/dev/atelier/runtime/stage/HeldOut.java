package dev.atelier.runtime.stage;

import java.util.ArrayList;
import java.util.List;

/**
 * Photos that training does not see, so that likeness is not measured on what was learned by heart:
 * one in six, evenly spread, as photos of one occasion often follow each other.
 *
 * @param learned what training sees
 * @param kept what it does not see; empty where there are too few photos to spare one
 */
record HeldOut(List<TrainingPhoto> learned, List<TrainingPhoto> kept) {

  /** With fewer photos every one is needed to learn from. */
  private static final int FEWEST = 6;

  private static final int SHARE = 6;

  HeldOut {
    learned = List.copyOf(learned);
    kept = List.copyOf(kept);
  }

  /** Every photo is learned from. */
  static HeldOut none(List<TrainingPhoto> photos) {
    return new HeldOut(photos, List.of());
  }

  /** Holds some photos back, the same ones each time. */
  static HeldOut of(List<TrainingPhoto> photos) {
    if (photos.size() < FEWEST) {
      return none(photos);
    }
    int count = photos.size() / SHARE;
    var kept = new ArrayList<TrainingPhoto>();
    for (int i = 0; i < count; i++) {
      kept.add(photos.get((2 * i + 1) * photos.size() / (2 * count)));
    }
    return new HeldOut(photos.stream().filter(photo -> !kept.contains(photo)).toList(), kept);
  }

  /** What likeness is measured against: where nothing is held back, what was learned from. */
  List<TrainingPhoto> judging() {
    return kept.isEmpty() ? learned : kept;
  }
}
