package dev.atelier.runtime.safety;

import java.awt.image.BufferedImage;
import java.util.function.ToDoubleFunction;

/**
 * Judges a drawn picture before it is written.
 *
 * @param score how likely the picture shows nudity, in [0, 1]
 * @param block score from which a picture is never written
 * @param review score from which a picture is marked for a person to look at
 */
public record OutputCheck(ToDoubleFunction<BufferedImage> score, double block, double review) {

  /** What happens to a picture. */
  public enum Verdict {
    PASS,
    REVIEW,
    BLOCK
  }

  /** The verdict on a picture. */
  public Verdict of(BufferedImage picture) {
    double likely = score.applyAsDouble(picture);
    if (likely >= block) {
      return Verdict.BLOCK;
    }
    return likely >= review ? Verdict.REVIEW : Verdict.PASS;
  }
}
