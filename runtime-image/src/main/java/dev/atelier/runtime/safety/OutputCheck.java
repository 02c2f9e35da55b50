package dev.atelier.runtime.safety;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.NudityScore;
import dev.atelier.stage.PerceptionInput;
import java.util.Locale;

/**
 * Judges a drawn picture before it is written.
 *
 * @param block score from which a picture is never written
 * @param review score from which a picture is marked for a person to look at
 */
public record OutputCheck(NudityScore nudity, double block, double review) {

  /** The check with a runtime's limits. */
  public static OutputCheck of(NudityScore nudity, PerceptionInput.Nudity limits) {
    return new OutputCheck(nudity, limits.block(), limits.review());
  }

  /** What happens to a picture. */
  public enum Verdict {
    PASS,
    REVIEW,
    BLOCK
  }

  /** The verdict with score, model and reason. */
  public PictureVerdict judge(RgbImage picture) {
    double score = nudity.score(picture);
    var model = nudity.protocol();
    if (score >= block) {
      return new PictureVerdict(
          Verdict.BLOCK,
          score,
          model,
          String.format(Locale.ROOT, "nudity score %.2f, blocked from %.2f", score, block));
    }
    return score >= review
        ? new PictureVerdict(
            Verdict.REVIEW,
            score,
            model,
            String.format(
                Locale.ROOT, "nudity score %.2f, to be looked at from %.2f", score, review))
        : new PictureVerdict(Verdict.PASS, score, model, "");
  }
}
