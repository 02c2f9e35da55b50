package dev.atelier.runtime.safety;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.NudityScore;

/**
 * Judges a drawn picture before it is written.
 *
 * @param block score from which a picture is never written
 * @param review score from which a picture is marked for a person to look at
 */
public record OutputCheck(NudityScore nudity, double block, double review) {

  /** What happens to a picture. */
  public enum Verdict {
    PASS,
    REVIEW,
    BLOCK
  }

  /** The verdict on a picture. */
  public Verdict of(RgbImage picture) {
    double likely = nudity.score(picture);
    if (likely >= block) {
      return Verdict.BLOCK;
    }
    return likely >= review ? Verdict.REVIEW : Verdict.PASS;
  }
}
