package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.Luma;
import java.util.List;

/**
 * Black bars that a film in another shape got: even rows (or columns) at both ends, black in every
 * frame, that end in a straight line. A dark ground does not: what stands on it has no straight
 * edge from side to side, and what crosses it draws one only over time.
 */
final class BlackBars {

  private static final float BLACK = 28;

  /** Narrower at one end it is a border of a few lines, which cropping takes away. */
  private static final double LEAST = 0.025;

  /** Share of the first line after a bar that is brighter than black. */
  private static final double STRAIGHT = 0.6;

  /** The same in one frame, that in which most of the line is bright. */
  private static final double STRAIGHT_AT_ONCE = 0.5;

  private BlackBars() {}

  /** Share of the height or width that bars take; 0 without bars. */
  static double share(List<Luma> frames) {
    return Math.max(share(frames, true), share(frames, false));
  }

  private static double share(List<Luma> frames, boolean rows) {
    int lines = rows ? frames.get(0).height() : frames.get(0).width();
    int before = bar(frames, rows, lines, false);
    int after = bar(frames, rows, lines, true);
    boolean bars = before >= LEAST * lines && after >= LEAST * lines;
    return bars ? (double) (before + after) / lines : 0;
  }

  /** Lines of a bar that begins at one end. */
  private static int bar(List<Luma> frames, boolean rows, int lines, boolean fromTheEnd) {
    int black = 0;
    while (black < lines / 2 && bright(frames, rows, at(black, lines, fromTheEnd)) == 0) {
      black++;
    }
    // Scaling and compression smear the edge over two lines.
    int inside = Math.min(lines - 1, black + 2);
    return black < lines / 2 && straight(frames, rows, at(inside, lines, fromTheEnd)) ? black : 0;
  }

  private static boolean straight(List<Luma> frames, boolean rows, int edge) {
    return bright(frames, rows, edge) >= STRAIGHT
        && frames.stream()
            .anyMatch(frame -> bright(List.of(frame), rows, edge) >= STRAIGHT_AT_ONCE);
  }

  private static int at(int line, int lines, boolean fromTheEnd) {
    return fromTheEnd ? lines - 1 - line : line;
  }

  /** Share of a line that is brighter than black in some frame. */
  private static double bright(List<Luma> frames, boolean rows, int line) {
    int length = rows ? frames.get(0).width() : frames.get(0).height();
    int count = 0;
    for (int i = 0; i < length; i++) {
      int along = i;
      count +=
          frames.stream()
                  .anyMatch(frame -> (rows ? frame.at(along, line) : frame.at(line, along)) > BLACK)
              ? 1
              : 0;
    }
    return (double) count / length;
  }
}
