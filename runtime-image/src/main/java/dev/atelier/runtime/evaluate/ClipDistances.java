package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.tensor.Torch;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far drawn clips are from real ones, by features of single frames and of whole clips. Both
 * were written by one codec and read at one size.
 */
record ClipDistances(Torch torch, List<ClipReading> clips, RealClips real) {
  /** A covariance needs two rows. */
  private static final int LEAST = 2;

  /** The reading of a metric that compares two sets. */
  Reading read(String name) {
    if (real.readings().isEmpty()) {
      return new Reading.NotMeasured(name, real.told());
    }
    return name.equals("FrechetVideo") ? ofClips(name) : ofFrames(name);
  }

  private Reading ofFrames(String name) {
    var made = frames(clips);
    var of = frames(real.readings());
    var sets =
        "%d frames of %d clips, %d frames of %d real clips (%s)"
            .formatted(made.count(), clips.size(), of.count(), real.readings().size(), real.told());
    if (Math.min(made.count(), of.count()) < LEAST) {
      return new Reading.NotMeasured(name, "two frames of each set are needed; there are " + sets);
    }
    if (name.equals("KernelInception")) {
      return Readings.ofSets(
          name,
          KernelDistance.of(made, of),
          "unbiased kernel distance of 2048 pooled features of single frames (KID), " + sets,
          made.model());
    }
    return frechet(name, "FID, of 2048 pooled features of single frames", "frames", sets, made, of);
  }

  private Reading ofClips(String name) {
    if (Math.min(clips.size(), real.readings().size()) < LEAST) {
      return new Reading.NotMeasured(
          name,
          "two clips of each set are needed; there are %d and %d real ones"
              .formatted(clips.size(), real.readings().size()));
    }
    int drawn = clips.get(0).frames();
    int there = real.readings().get(0).frames();
    if (Stream.concat(clips.stream(), real.readings().stream())
        .anyMatch(clip -> clip.frames() != drawn)) {
      return new Reading.NotMeasured(
          name,
          "drawn clips have %d frames, real ones %d; set evaluation.video.frames to %d"
              .formatted(drawn, there, Math.min(drawn, there)));
    }
    if (clips.get(0).video().isEmpty()) {
      return new Reading.NotMeasured(
          name,
          "clips of %d frames are shorter than the network of spec.perception.video reads"
              .formatted(drawn));
    }
    var made = whole(clips);
    var of = whole(real.readings());
    var sets = "%d clips, %d real clips (%s)".formatted(made.count(), of.count(), real.told());
    var features = "FVD (Unterthiner et al. 2018), of %d features of whole clips";
    return frechet(name, features.formatted(made.width()), "clips", sets, made, of);
  }

  private Reading frechet(
      String name, String definition, String rows, String sets, Features made, Features of) {
    var warning = FrechetDistance.warning(rows, made, of).map(said -> "; " + said).orElse("");
    return Readings.ofSets(
        name,
        FrechetDistance.of(torch, made, of),
        "Frechet distance (%s), %s%s".formatted(definition, sets, warning),
        made.model());
  }

  private static Features frames(List<ClipReading> clips) {
    return Features.all(
        clips.stream()
            .flatMap(clip -> clip.inception().stream())
            .map(InceptionReader.Seen::pooled)
            .toList());
  }

  private static Features whole(List<ClipReading> clips) {
    return Features.all(clips.stream().flatMap(clip -> clip.video().stream()).toList());
  }
}
