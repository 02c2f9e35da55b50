package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Luma;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;

/**
 * How far the picture moves between two frames: block matching on gray pictures 160 pixels long, to
 * fractions of a pixel by a parabola through the neighbours of the best match. Blocks without
 * structure say nothing and do not count: a ball on an even ground moves as fast as the ball.
 */
final class Motion {

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

  private Motion(Luma from, Luma to) {
    this.from = from;
    this.to = to;
  }

  /** Mean displacement of the structured blocks, in widths of the picture. */
  static double between(RgbImage earlier, RgbImage later) {
    var one = Luma.of(Resize.atMost(earlier, EDGE, Filter.BOX));
    var other = Luma.of(Resize.atMost(later, EDGE, Filter.BOX));
    return new Motion(one, other).mean() / one.width();
  }

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
    double still = difference(x, y, 0, 0);
    double best = still;
    int bestX = 0;
    int bestY = 0;
    for (int dy = -REACH; dy <= REACH; dy++) {
      for (int dx = -REACH; dx <= REACH; dx++) {
        double difference = difference(x, y, dx, dy);
        if (difference < best) {
          best = difference;
          bestX = dx;
          bestY = dy;
        }
      }
    }
    boolean standsStill = still < NOISE || best > BETTER * still && (bestX != 0 || bestY != 0);
    if (standsStill) {
      return 0;
    }
    double across =
        vertex(difference(x, y, bestX - 1, bestY), best, difference(x, y, bestX + 1, bestY));
    double down =
        vertex(difference(x, y, bestX, bestY - 1), best, difference(x, y, bestX, bestY + 1));
    return Math.hypot(bestX + across, bestY + down);
  }

  /** Where the parabola through three values has its least, from the middle one. */
  private static double vertex(double before, double at, double after) {
    double bend = before - 2 * at + after;
    return Double.isFinite(bend) && bend > 0
        ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)))
        : 0;
  }

  /** Sum of absolute differences; infinite where the block would leave the picture. */
  private double difference(int left, int top, int dx, int dy) {
    if (left + dx < 0
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
