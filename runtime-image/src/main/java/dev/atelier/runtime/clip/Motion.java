package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Luma;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;

/**
 * How far the picture moves between two frames: block matching on gray pictures 160 pixels long, up
 * to 24 of them, first in half the size and then around the best match there, to fractions of a
 * pixel by a parabola. Blocks without structure say nothing and do not count: a ball on an even
 * ground moves as fast as the ball.
 */
public final class Motion {

  private static final int EDGE = 160;
  private static final int BLOCK = 8;
  private static final int REACH = 12;

  /** Range of brightness in a block below which there is nothing to follow. */
  private static final float STRUCTURE = 24;

  /** A match that is hardly better than standing still is noise. */
  private static final double BETTER = 0.8;

  /** Mean difference per pixel that compression leaves in what stands still. */
  private static final double NOISE = 2.5 * BLOCK * BLOCK;

  private final Luma from;
  private final Luma to;
  private final Luma coarseFrom;
  private final Luma coarseTo;

  private Motion(RgbImage earlier, RgbImage later) {
    this.from = luma(earlier, EDGE);
    this.to = luma(later, EDGE);
    this.coarseFrom = luma(earlier, EDGE / 2);
    this.coarseTo = luma(later, EDGE / 2);
  }

  /** Mean displacement of the structured blocks, in widths of the picture. */
  public static double between(RgbImage earlier, RgbImage later) {
    var motion = new Motion(earlier, later);
    return motion.mean() / motion.from.width();
  }

  private static Luma luma(RgbImage picture, int edge) {
    return Luma.of(Resize.atMost(picture, edge, Filter.BOX));
  }

  /** A displacement in whole pixels and how badly it fits. */
  private record Match(int dx, int dy, double difference) {}

  private double mean() {
    double sum = 0;
    int count = 0;
    for (int y = 0; y + BLOCK <= from.height(); y += BLOCK) {
      for (int x = 0; x + BLOCK <= from.width(); x += BLOCK) {
        if (structured(x, y)) {
          sum += displacement(x, y);
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private boolean structured(int left, int top) {
    float darkest = Float.MAX_VALUE;
    float brightest = 0;
    for (int y = top; y < top + BLOCK; y++) {
      for (int x = left; x < left + BLOCK; x++) {
        darkest = Math.min(darkest, from.at(x, y));
        brightest = Math.max(brightest, from.at(x, y));
      }
    }
    return brightest - darkest >= STRUCTURE;
  }

  private double displacement(int x, int y) {
    double still = difference(from, to, x, y, 0, 0);
    if (still < NOISE) {
      return 0;
    }
    // A smaller picture is not halved: atMost never enlarges.
    int scale = Math.max(1, Math.round((float) from.width() / coarseFrom.width()));
    var coarse =
        best(
            coarseFrom,
            coarseTo,
            Math.min(x / scale, coarseFrom.width() - BLOCK),
            Math.min(y / scale, coarseFrom.height() - BLOCK),
            new Match(0, 0, Double.POSITIVE_INFINITY),
            REACH);
    var around = new Match(coarse.dx() * scale, coarse.dy() * scale, Double.POSITIVE_INFINITY);
    var fine = best(from, to, x, y, around, scale);
    if (fine.difference() > BETTER * still) {
      return 0;
    }
    int dx = fine.dx();
    int dy = fine.dy();
    double across =
        vertex(
            difference(from, to, x, y, dx - 1, dy),
            fine.difference(),
            difference(from, to, x, y, dx + 1, dy));
    double down =
        vertex(
            difference(from, to, x, y, dx, dy - 1),
            fine.difference(),
            difference(from, to, x, y, dx, dy + 1));
    return Math.hypot(dx + across, dy + down);
  }

  private static Match best(Luma from, Luma to, int x, int y, Match around, int reach) {
    var best = around;
    for (int dy = around.dy() - reach; dy <= around.dy() + reach; dy++) {
      for (int dx = around.dx() - reach; dx <= around.dx() + reach; dx++) {
        double difference = difference(from, to, x, y, dx, dy);
        if (difference < best.difference()) {
          best = new Match(dx, dy, difference);
        }
      }
    }
    return best;
  }

  /** Where the parabola through three values has its least, from the middle one. */
  private static double vertex(double before, double at, double after) {
    double bend = before - 2 * at + after;
    return Double.isFinite(bend) && bend > 0
        ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)))
        : 0;
  }

  /** Sum of absolute differences; infinite where the block would leave the picture. */
  private static double difference(Luma from, Luma to, int left, int top, int dx, int dy) {
    if (left < 0
        || top < 0
        || left + dx < 0
        || top + dy < 0
        || left + dx + BLOCK > to.width()
        || top + dy + BLOCK > to.height()) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int y = top; y < top + BLOCK; y++) {
      for (int x = left; x < left + BLOCK; x++) {
        sum += Math.abs(from.at(x, y) - to.at(x + dx, y + dy));
      }
    }
    return sum;
  }
}
