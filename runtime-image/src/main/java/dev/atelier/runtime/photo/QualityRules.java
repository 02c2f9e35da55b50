package dev.atelier.runtime.photo;

import java.util.Locale;
import java.util.Optional;

/**
 * Verdicts that one photo earns by itself, the most telling first: a dark photo is blurred as well,
 * say it is dark.
 */
final class QualityRules {
  /**
   * Faces whose brightest parts (eyes, teeth, highlights) stay below this were badly lit, whatever
   * the skin.
   */
  private static final double DARK_HIGHLIGHTS = 95;

  private static final double DARK_MEAN = 50;
  private static final double BRIGHT_MEAN = 205;
  private static final double MAX_CLIPPED = 0.25;

  /**
   * What is small and this smooth is no face but cloth or wall that the detector took for one, or
   * somebody far out of focus.
   */
  private static final double NOTHING_TO_SEE = 20;

  private static final String NO_FACE =
      "no face was found: use a photo that shows the face from the front, well lit";

  private final PhotoSettings settings;

  QualityRules(PhotoSettings settings) {
    this.settings = settings;
  }

  Finding judge(Measurements seen) {
    if (seen.nudity().orElse(0) >= settings.nudityBlock()) {
      return new Finding(
          Verdict.Unsafe, "the photo seems to show nudity: use a photo with clothes");
    }
    if (seen.faces() == 0) {
      return new Finding(Verdict.NoFace, NO_FACE);
    }
    if (seen.faces() > 1) {
      return new Finding(
          Verdict.SeveralFaces,
          seen.faces()
              + " faces were found: use a photo of one person alone, or crop the others away");
    }
    return seen.face().flatMap(this::face).orElse(Finding.ACCEPTED);
  }

  private Optional<Finding> face(FaceMeasurements face) {
    if (face.pixels() < settings.minFacePixels()) {
      if (face.sharpness() < NOTHING_TO_SEE) {
        return found(Verdict.NoFace, NO_FACE);
      }
      return found(
          Verdict.FaceTooSmall,
          "move closer: the face is %.0f px wide, %d needed",
          face.pixels(),
          settings.minFacePixels());
    }
    return light(face).or(() -> sharpness(face)).or(() -> pose(face)).or(() -> cover(face.cover()));
  }

  private static Optional<Finding> light(FaceMeasurements face) {
    if (face.meanLuma() < DARK_MEAN && face.highlights() < DARK_HIGHLIGHTS) {
      return found(
          Verdict.TooDark,
          "turn towards the light: the face has a brightness of %.0f of 255",
          face.meanLuma());
    }
    if (face.meanLuma() > BRIGHT_MEAN || face.clippedShare() > MAX_CLIPPED) {
      return found(
          Verdict.TooBright,
          "avoid direct sun or flash: %.0f %% of the face is white",
          100 * face.clippedShare());
    }
    return Optional.empty();
  }

  private Optional<Finding> sharpness(FaceMeasurements face) {
    if (face.sharpness() < settings.minSharpness()) {
      return found(
          Verdict.Blurred,
          "hold still and focus on the face: its sharpness is %.0f, %.0f needed",
          face.sharpness(),
          settings.minSharpness());
    }
    return Optional.empty();
  }

  private Optional<Finding> pose(FaceMeasurements face) {
    if (Math.abs(face.yawDegrees()) > settings.maxYawDegrees()) {
      return found(
          Verdict.ExtremePose,
          "turn towards the camera: the head is turned by about %.0f degrees, at most %.0f",
          Math.abs(face.yawDegrees()),
          settings.maxYawDegrees());
    }
    if (Math.abs(face.rollDegrees()) > settings.maxRollDegrees()) {
      return found(
          Verdict.ExtremePose,
          "hold head and camera upright: the head leans by about %.0f degrees, at most %.0f",
          Math.abs(face.rollDegrees()),
          settings.maxRollDegrees());
    }
    return Optional.empty();
  }

  private static Optional<Finding> cover(FaceCover cover) {
    if (cover.hidesEyes()) {
      return found(
          Verdict.Occluded,
          "the eyes are hidden: take off sunglasses and keep hair, hands and caps off the eyes");
    }
    if (cover.hidesMouth()) {
      return found(
          Verdict.Occluded,
          "the mouth is hidden: take off mask or scarf and keep hands and cups away from the face");
    }
    return Optional.empty();
  }

  private static Optional<Finding> found(Verdict verdict, String advice, Object... numbers) {
    return Optional.of(new Finding(verdict, String.format(Locale.ROOT, advice, numbers)));
  }
}
