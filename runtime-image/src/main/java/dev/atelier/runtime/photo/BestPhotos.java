package dev.atelier.runtime.photo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Which accepted photos a model learns from when there are more than it may take: those that are
 * best in sharpness, size of the face and likeness to the rest of the set, each by rank, so that no
 * unit outweighs another.
 */
public final class BestPhotos {

  private BestPhotos() {}

  /** At most {@code max} of the accepted photos, in the order of the report. */
  public static List<JudgedPhoto> of(PhotoReport report, int max) {
    var accepted = report.accepted();
    if (accepted.size() <= max) {
      return accepted;
    }
    Map<String, Integer> ranks = new HashMap<>();
    rank(accepted, ranks, photo -> -face(photo, FaceMeasurements::sharpness));
    rank(accepted, ranks, photo -> -face(photo, FaceMeasurements::pixels));
    rank(accepted, ranks, photo -> photo.measurements().distance().orElse(Double.MAX_VALUE));
    var best = new ArrayList<>(accepted);
    best.sort(
        Comparator.comparing((JudgedPhoto photo) -> ranks.getOrDefault(photo.name(), 0))
            .thenComparing(JudgedPhoto::name));
    var kept = new HashSet<>(best.subList(0, max).stream().map(JudgedPhoto::name).toList());
    return accepted.stream().filter(photo -> kept.contains(photo.name())).toList();
  }

  private static void rank(
      List<JudgedPhoto> photos, Map<String, Integer> ranks, ToDoubleFunction<JudgedPhoto> order) {
    var sorted = new ArrayList<>(photos);
    sorted.sort(Comparator.comparingDouble(order).thenComparing(JudgedPhoto::name));
    for (int i = 0; i < sorted.size(); i++) {
      ranks.merge(sorted.get(i).name(), i, Integer::sum);
    }
  }

  private static double face(JudgedPhoto photo, ToDoubleFunction<FaceMeasurements> value) {
    return photo.measurements().face().stream().mapToDouble(value).findFirst().orElse(0);
  }
}
