package dev.atelier.runtime.perception;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Non-maximum suppression: of windows that overlap, the likeliest stays. */
enum Suppression {
  /** Overlap over the area of both together. */
  UNION {
    @Override
    double share(Candidate a, Candidate b) {
      double both = a.overlap(b);
      return both / (a.area() + b.area() - both);
    }
  },
  /** Overlap over the smaller area: a window inside another one counts as the same face. */
  SMALLER {
    @Override
    double share(Candidate a, Candidate b) {
      return a.overlap(b) / Math.min(a.area(), b.area());
    }
  };

  abstract double share(Candidate a, Candidate b);

  /** What stays, likeliest first; {@code window} tells the window of an element. */
  <T> List<T> keep(List<T> all, double maxShare, Function<T, Candidate> window) {
    var sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble((T element) -> -window.apply(element).score()));
    var kept = new ArrayList<T>();
    for (T element : sorted) {
      var box = window.apply(element);
      if (kept.stream().noneMatch(other -> share(window.apply(other), box) > maxShare)) {
        kept.add(element);
      }
    }
    return kept;
  }
}
