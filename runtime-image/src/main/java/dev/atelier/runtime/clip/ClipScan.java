package dev.atelier.runtime.clip;

import dev.atelier.runtime.clip.ClipRecord.Kind;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.NudityScore;
import dev.atelier.runtime.photo.DecodeLimits;
import dev.atelier.runtime.photo.Decoded;
import dev.atelier.runtime.photo.PhotoDecoder;
import dev.atelier.runtime.video.VideoException;
import dev.atelier.runtime.video.VideoReader;
import dev.atelier.runtime.video.VideoTraits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at one file from beginning to end in a small size: cuts it into clips and gives each the
 * verdict that it earns by itself. A bad file is a verdict, never an exception.
 */
public final class ClipScan {

  /** Containers round their length; beyond this share of it the file is cut off. */
  private static final double MISSING = 0.1;

  private final ClipSettings settings;
  private final ClipRules rules;
  private final Optional<NudityScore> nudity;
  private final PhotoDecoder pictures = new PhotoDecoder(DecodeLimits.defaults());

  /**
   * @param nudity asked where the settings want safety
   */
  public ClipScan(ClipSettings settings, Optional<NudityScore> nudity) {
    this.settings = settings;
    this.rules = new ClipRules(settings);
    this.nudity = nudity;
  }

  /** Every clip of a file, in their order; at least one record. */
  public List<ScannedClip> scan(MediaFile file) {
    return scan(file, file.open());
  }

  /**
   * As above, of a file that is open already.
   *
   * @param local its content
   */
  public List<ScannedClip> scan(MediaFile file, Path local) {
    return file.isPicture() ? List.of(picture(file, local)) : video(file, local);
  }

  private ScannedClip picture(MediaFile file, Path local) {
    var decoded = pictures.decode(local);
    if (decoded instanceof Decoded.Refused refused) {
      return unreadable(file, Kind.Image, refused.finding().advice());
    }
    var picture = (Decoded.Picture) decoded;
    var small = Resize.atMost(picture.image(), Samples.EDGE, Filter.BOX);
    var samples = new Samples(List.of(small), 1);
    var measured =
        samples.measure(picture.width(), picture.height(), 0, settings.framesPerSecond());
    return judged(file, file.stem(), Kind.Image, 0, samples, measured);
  }

  private List<ScannedClip> video(MediaFile file, Path local) {
    var clips = new ArrayList<ScannedClip>();
    try (var reader = VideoReader.open(local, Samples.EDGE)) {
      var traits = reader.traits();
      var windows = new ClipWindows(settings.seconds());
      double last = 0;
      for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        last = frame.get().seconds();
        windows.add(frame.get()).forEach(window -> clips.add(judged(file, clips, traits, window)));
      }
      windows
          .end(reader.cutOff())
          .forEach(window -> clips.add(judged(file, clips, traits, window)));
      if (last < traits.seconds() * (1 - MISSING) - 1 || clips.isEmpty()) {
        return List.of(unreadable(file, Kind.Video, cutOff(last, traits.seconds())));
      }
      return clips;
    } catch (VideoException e) {
      return List.of(unreadable(file, Kind.Video, String.valueOf(e.getMessage())));
    }
  }

  private static String cutOff(double last, double claimed) {
    return "it ends after %.1f of %.1f s: it is damaged or cut off; copy it again"
        .formatted(last, claimed);
  }

  private ScannedClip judged(
      MediaFile file, List<ScannedClip> before, VideoTraits traits, ClipWindows.Window window) {
    var id = "%s-%03d".formatted(file.stem(), before.size());
    var flaw = flaw(window);
    if (flaw.isPresent()) {
      var measured = ClipMeasurements.sized(traits.width(), traits.height(), window.seconds());
      return record(file, id, Kind.Video, window.start(), flaw.get(), measured, window.samples());
    }
    var measured =
        window
            .samples()
            .measure(traits.width(), traits.height(), window.seconds(), settings.framesPerSecond());
    return judged(file, id, Kind.Video, window.start(), window.samples(), measured);
  }

  /** Why there is nothing to measure. */
  private Optional<ClipFinding> flaw(ClipWindows.Window window) {
    if (window.damage().isPresent()) {
      return Optional.of(
          new ClipFinding(
              ClipVerdict.Unreadable,
              "its pictures are damaged at %.1f s of the file: copy it again, or leave it out"
                  .formatted(window.damage().getAsDouble())));
    }
    return window.whole()
        ? Optional.empty()
        : Optional.of(
            new ClipFinding(
                ClipVerdict.TooShort,
                "the scene lasts %.1f s, a clip %.1f s: use a longer one, or a smaller spec.dataset.clip.seconds"
                    .formatted(window.seconds(), settings.seconds())));
  }

  private ScannedClip judged(
      MediaFile file,
      String id,
      Kind kind,
      double start,
      Samples samples,
      ClipMeasurements measured) {
    var finding = rules.judge(measured);
    if (finding.verdict() != ClipVerdict.Accepted || nudity.isEmpty() || !settings.safety()) {
      return record(file, id, kind, start, finding, measured, samples);
    }
    // The costliest question comes last, and of three frames only.
    double score =
        List.of(0, samples.frames().size() / 2, samples.frames().size() - 1).stream()
            .distinct()
            .mapToDouble(at -> nudity.get().score(samples.frames().get(at)))
            .max()
            .orElse(0);
    return record(file, id, kind, start, rules.nudity(score), measured.withNudity(score), samples);
  }

  private static ScannedClip record(
      MediaFile file,
      String id,
      Kind kind,
      double start,
      ClipFinding finding,
      ClipMeasurements measured,
      Samples samples) {
    return new ScannedClip(
        new ClipRecord(
            id,
            file.name(),
            kind,
            ClipMeasurements.rounded(start, 1e6),
            finding.verdict(),
            finding.advice(),
            null,
            measured,
            samples.fingerprints()),
        Optional.of(samples.poster()));
  }

  private static ScannedClip unreadable(MediaFile file, Kind kind, String advice) {
    return new ScannedClip(
        new ClipRecord(
            kind == Kind.Image ? file.stem() : file.stem() + "-000",
            file.name(),
            kind,
            0,
            ClipVerdict.Unreadable,
            advice,
            null,
            ClipMeasurements.NONE,
            List.of()),
        Optional.<RgbImage>empty());
  }
}
