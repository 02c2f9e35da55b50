package dev.atelier.runtime.clip;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verdicts that a clip earns by itself, the most telling first. */
final class ClipRules {

  /** Enlarged by more than this, a clip teaches blur. */
  private static final double MOST_ENLARGED = 1.5;

  private static final double DARK_MEAN = 40;
  private static final double DARK_HIGHLIGHTS = 95;
  private static final double MOST_BARS = 0.06;
  private static final double MOST_TEXT = 0.025;

  private final ClipSettings settings;
  private final Buckets buckets;

  ClipRules(ClipSettings settings) {
    this.settings = settings;
    this.buckets = Buckets.of(settings.width(), settings.height());
  }

  ClipFinding judge(ClipMeasurements seen) {
    return size(seen)
        .or(() -> light(seen))
        .or(() -> bars(seen))
        .or(() -> motion(seen))
        .or(() -> sharpness(seen))
        .or(() -> text(seen))
        .orElse(ClipFinding.ACCEPTED);
  }

  ClipFinding nudity(double score) {
    return settings.safety() && score >= settings.nudityBlock()
        ? new ClipFinding(ClipVerdict.Unsafe, "it seems to show nudity: leave it out")
        : ClipFinding.ACCEPTED;
  }

  private Optional<ClipFinding> size(ClipMeasurements seen) {
    double enlarged = buckets.nearest(seen.width(), seen.height()).enlargement(seen);
    return enlarged > MOST_ENLARGED
        ? found(
            ClipVerdict.TooSmall,
            "%dx%d would have to be enlarged %.1f times: use a larger original, or a smaller spec.dataset.clip",
            seen.width(),
            seen.height(),
            enlarged)
        : Optional.empty();
  }

  private static Optional<ClipFinding> light(ClipMeasurements seen) {
    return value(seen.brightness()) < DARK_MEAN && value(seen.highlights()) < DARK_HIGHLIGHTS
        ? found(
            ClipVerdict.TooDark,
            "hardly anything can be seen: its brightness is %.0f of 255",
            value(seen.brightness()))
        : Optional.empty();
  }

  private static Optional<ClipFinding> bars(ClipMeasurements seen) {
    return value(seen.bars()) >= MOST_BARS
        ? found(
            ClipVerdict.Letterboxed,
            "black bars take %.0f %% of it: crop them away",
            100 * value(seen.bars()))
        : Optional.empty();
  }

  private Optional<ClipFinding> motion(ClipMeasurements seen) {
    var motion = seen.motion();
    return motion != null && motion < settings.minMotion()
        ? found(
            ClipVerdict.Static,
            "it hardly moves, %.2f pixels per frame, %.2f needed: use it as a picture, or lower spec.dataset.filter.minMotion",
            motion,
            settings.minMotion())
        : Optional.empty();
  }

  private Optional<ClipFinding> sharpness(ClipMeasurements seen) {
    return value(seen.sharpness()) < settings.minSharpness()
        ? found(
            ClipVerdict.Blurred,
            "its sharpness is %.0f, %.0f needed: use a clip in focus, or lower spec.dataset.filter.minSharpness",
            value(seen.sharpness()),
            settings.minSharpness())
        : Optional.empty();
  }

  private Optional<ClipFinding> text(ClipMeasurements seen) {
    return settings.dropText() && value(seen.text()) >= MOST_TEXT
        ? found(
            ClipVerdict.TextHeavy,
            "letters cover %.0f %% of it: use the version without subtitles or titles",
            100 * value(seen.text()))
        : Optional.empty();
  }

  private static double value(@Nullable Double measured) {
    return measured == null ? 0 : measured;
  }

  private static Optional<ClipFinding> found(
      ClipVerdict verdict, String advice, Object... numbers) {
    return Optional.of(new ClipFinding(verdict, String.format(Locale.ROOT, advice, numbers)));
  }
}
