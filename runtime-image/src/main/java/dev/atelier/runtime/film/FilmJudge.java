package dev.atelier.runtime.film;

import dev.atelier.runtime.image.RgbImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Measures what frames show: how far the shape's centre of mass moves, which colour it has, and
 * which form fits it best. Nothing of it is learnt.
 */
public final class FilmJudge {

  /** A shape that goes less far, as a share of the picture, stands still. */
  private static final double LEAST_WAY = 0.12;

  /** Share of the frames in which a shape must be seen. */
  private static final double SEEN = 0.75;

  /** First and last share of the film that are compared. */
  private static final double ENDS = 0.25;

  private FilmJudge() {}

  /** What the frames of a film show; nothing where no shape is seen, or none that moves. */
  public static Optional<FilmSubject> read(List<RgbImage> frames) {
    var seen = frames.stream().map(SeenShape::in).flatMap(Optional::stream).toList();
    if (frames.isEmpty() || seen.size() < SEEN * frames.size()) {
      return Optional.empty();
    }
    return direction(seen, frames.get(0).width())
        .map(direction -> new FilmSubject(colour(seen), form(seen), direction));
  }

  private static Optional<Direction> direction(List<SeenShape> seen, int edge) {
    int end = Math.max(1, (int) Math.round(ENDS * seen.size()));
    var first = seen.subList(0, end);
    var last = seen.subList(seen.size() - end, seen.size());
    double x = mean(last, true) - mean(first, true);
    double y = mean(last, false) - mean(first, false);
    return Math.max(Math.abs(x), Math.abs(y)) < LEAST_WAY * edge
        ? Optional.empty()
        : Optional.of(Direction.of(x, y));
  }

  private static double mean(List<SeenShape> shapes, boolean across) {
    return shapes.stream()
        .mapToDouble(shape -> across ? shape.x() : shape.y())
        .average()
        .orElseThrow();
  }

  private static Colour colour(List<SeenShape> seen) {
    return least(
        Colour.values(),
        colour -> seen.stream().mapToDouble(shape -> shape.distance(colour)).sum());
  }

  private static Form form(List<SeenShape> seen) {
    return least(
        Form.values(), form -> seen.stream().mapToDouble(shape -> shape.misfit(form)).sum());
  }

  private static <T> T least(T[] choices, ToDoubleFunction<T> cost) {
    return Arrays.stream(choices).min(Comparator.comparingDouble(cost)).orElseThrow();
  }
}
