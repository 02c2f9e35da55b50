package dev.atelier.runtime.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of a set of clips by their names in the API.
 *
 * @param clips what was read of each
 * @param real what they are compared with
 * @param models what reads features, absent where no metric needs one
 */
public record ClipSetMetrics(
    List<ClipReading> clips, RealClips real, Optional<FeatureModels> models) {

  /** What needs no feature model. */
  public static final List<String> SHIPPED = List.of("Flicker", "Motion", "RepeatedFrames");

  /** What compares drawn clips with real ones. */
  public static final List<String> COMPARING =
      List.of("FrechetInception", "KernelInception", "FrechetVideo");

  private static final String CLIP = "clip";
  private static final String INCEPTION = "inception";

  public ClipSetMetrics {
    clips = List.copyOf(clips);
  }

  /** The reading of a metric; one that cannot be measured says why. */
  public Reading read(String name) {
    if (clips.isEmpty()) {
      return new Reading.NotMeasured(name, "there are no clips");
    }
    return switch (name) {
      case "Flicker" ->
          changes(
              name,
              FrameChanges::flicker,
              "distance of each frame's brightness from the mean of the frames before and after, areas of 8 x 8 pixels of frames at most %d long, in grey levels of 255"
                  .formatted(ClipJudge.EDGE));
      case "Motion" ->
          changes(
              name,
              changes -> 100 * changes.motion(),
              "displacement of structured blocks from frame to frame, in percent of the frame's width; neither more nor less is better, a clip that should move and has none stands still");
      case "RepeatedFrames" ->
          changes(
              name,
              FrameChanges::duplicates,
              "share of the frames that differ by less than 0.25 grey levels from the one before");
      case "ClipText" -> promptSimilarity(name);
      case "TemporalConsistency" -> consistency(name);
      case "InceptionScore" -> inceptionScore(name);
      case "FrechetInception", "KernelInception" -> distance(name, INCEPTION, hasInception());
      case "FrechetVideo" ->
          distance(name, "video", models.flatMap(FeatureModels::video).isPresent());
      default -> new Reading.NotMeasured(name, "it is a metric of pictures, not of clips");
    };
  }

  private Reading changes(String name, ToDoubleFunction<FrameChanges> value, String definition) {
    var values =
        clips.stream().flatMap(clip -> clip.changes().stream()).mapToDouble(value).toArray();
    return mean(name, values, "mean over the clips; " + definition, "");
  }

  private Reading promptSimilarity(String name) {
    return needing(CLIP, name, models.flatMap(FeatureModels::clip).isPresent())
        .orElseGet(
            () ->
                mean(
                    name,
                    values(ClipReading::promptSimilarity),
                    "cosine of CLIP's embeddings of each frame and of the prompt, mean over the frames and then over the clips (CLIPSIM, Wu et al. 2021)",
                    clips.get(0).clip().map(Features::model).orElse("")));
  }

  private Reading consistency(String name) {
    return needing(
            "dino.source or spec.perception.clip",
            name,
            models.filter(any -> any.clip().isPresent() || any.dino().isPresent()).isPresent())
        .orElseGet(
            () ->
                mean(
                    name,
                    values(ClipReading::consistency),
                    "cosine of the features of neighbouring frames, mean over the frames and then over the clips",
                    clips.get(0).consistencyModel()));
  }

  private Reading inceptionScore(String name) {
    return needing(INCEPTION, name, hasInception())
        .orElseGet(
            () -> {
              var logits = Features.all(interleaved(clips));
              if (logits.count() < InceptionScore.SPLITS) {
                return new Reading.NotMeasured(
                    name, "at least %d frames are needed".formatted(InceptionScore.SPLITS));
              }
              return Readings.ofSets(
                  name,
                  InceptionScore.of(logits, InceptionScore.SPLITS).mean(),
                  "Inception Score of single frames, %d splits that each hold frames of every clip, %d frames of %d clips"
                      .formatted(InceptionScore.SPLITS, logits.count(), clips.size()),
                  logits.model());
            });
  }

  private Reading distance(String name, String field, boolean there) {
    return needing(field, name, there)
        .orElseGet(() -> new ClipDistances(models.orElseThrow().torch(), clips, real).read(name));
  }

  private boolean hasInception() {
    return models.flatMap(FeatureModels::inception).isPresent();
  }

  /** First frames of all clips, then second ones and so on: any part of them has every clip. */
  private static List<Features> interleaved(List<ClipReading> clips) {
    var sets =
        clips.stream()
            .flatMap(clip -> clip.inception().stream())
            .map(InceptionReader.Seen::logits)
            .toList();
    int longest = sets.stream().mapToInt(Features::count).max().orElse(0);
    var rows = new ArrayList<Features>();
    for (int frame = 0; frame < longest; frame++) {
      for (var set : sets) {
        if (frame < set.count()) {
          rows.add(set.rows(frame));
        }
      }
    }
    return rows;
  }

  private double[] values(Function<ClipReading, Optional<Double>> value) {
    return clips.stream().flatMap(clip -> value.apply(clip).stream()).mapToDouble(v -> v).toArray();
  }

  private static Optional<Reading> needing(String field, String name, boolean there) {
    return there ? Optional.empty() : Optional.of(LargeModelMetrics.missing(name, field));
  }

  private static Reading mean(String name, double[] values, String definition, String model) {
    return values.length > 0
        ? Readings.ofMean(name, values, definition, model)
        : new Reading.NotMeasured(name, "the clips are too short; " + definition);
  }
}
