package dev.atelier.runtime.serve;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What is to be drawn, with nothing left open: whoever draws it, the same bytes come out.
 *
 * @param negative what to steer away from, may be empty
 * @param width of what is delivered, in pixels
 * @param height of what is delivered, in pixels
 * @param frames 4k + 1; 1 for a picture
 * @param seed of the first clip or picture; number n uses seed + n
 * @param count clips or pictures
 */
public record Order(
    String prompt,
    String negative,
    int width,
    int height,
    int frames,
    int framesPerSecond,
    int steps,
    double guidanceScale,
    long seed,
    int count) {

  /** Width and height, as the protocol writes them. */
  String size() {
    return width + "x" + height;
  }

  /** Seconds between the first and the last frame, as the protocol writes them. */
  String seconds() {
    return BigDecimal.valueOf(frames - 1)
        .divide(BigDecimal.valueOf(framesPerSecond), 2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
