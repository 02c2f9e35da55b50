package dev.atelier.runtime.sample;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.video.FrameSequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Draws the clips that are not on the shelf yet, one after another: whatever was finished before a
 * stop stays finished, and a restarted run gives the same files.
 */
public final class ClipRun {

  /** Of so many frames one is looked at; the model itself makes four of one. */
  private static final int LOOKED_AT = 4;

  private final ClipSource source;
  private final ClipShelf shelf;
  private final OutputCheck check;
  private final ProgressReporter progress;
  private final StopRequest stop;

  /** A run of one model. */
  public ClipRun(
      ClipSource source,
      ClipShelf shelf,
      OutputCheck check,
      ProgressReporter progress,
      StopRequest stop) {
    this.source = source;
    this.shelf = shelf;
    this.check = check;
    this.progress = progress;
    this.stop = stop;
  }

  /**
   * Draws the planned clips.
   *
   * @param whose for the progress line: {@code drawing} makes "drawing clip 2 of 8"
   * @param finished told of each clip, in the order of the plan
   */
  public void draw(String whose, List<PlannedPicture> planned, Consumer<FinishedClip> finished) {
    var found = new HashMap<PlannedPicture, FinishedClip>();
    planned.forEach(clip -> shelf.find(clip).ifPresent(kept -> found.put(clip, kept)));
    progress.begin(whose + " clips", planned.size() * source.sampler().steps(), 0);
    refuseToGoOn(0, planned.size());
    source.prepare(planned.stream().filter(clip -> !found.containsKey(clip)).toList());
    for (int i = 0; i < planned.size(); i++) {
      progress.doing("%s clip %d of %d".formatted(whose, i + 1, planned.size()));
      finished.accept(clip(planned, i, found));
      progress.step((i + 1) * source.sampler().steps(), List.of());
    }
  }

  private FinishedClip clip(
      List<PlannedPicture> planned, int index, Map<PlannedPicture, FinishedClip> found) {
    var clip = planned.get(index);
    var kept = found.get(clip);
    if (kept != null) {
      return kept;
    }
    refuseToGoOn(index, planned.size());
    return source.draw(
        clip,
        step -> {
          // A clip takes longer than the grace period: half of one is not worth waiting for.
          refuseToGoOn(index, planned.size());
          progress.step(index * source.sampler().steps() + step, List.of());
        },
        frames -> judged(clip, frames));
  }

  private void refuseToGoOn(int done, int all) {
    if (stop.requested()) {
      throw new StageFailure.Checkpointed(
          "stopped (%s) with %d of %d clips finished; they are kept and the rest is drawn next time"
              .formatted(stop.reason(), done, all));
    }
  }

  private FinishedClip judged(PlannedPicture clip, FrameSequence frames) {
    Optional<PictureVerdict> worst = Optional.empty();
    for (int i = 0; i < frames.count(); i += step(i, frames.count())) {
      var frame = frames.frame(i);
      if (!PictureRun.finite(frame)) {
        return FinishedClip.failed(clip);
      }
      var judged = check.judge(frame);
      if (judged.verdict() == OutputCheck.Verdict.BLOCK) {
        return shelf.refuse(clip, judged);
      }
      worst = Optional.of(worst.filter(one -> one.score() >= judged.score()).orElse(judged));
    }
    try {
      return shelf.keep(clip, worst.orElseThrow(), frames);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To the next frame that is looked at; the last one always is. */
  private static int step(int frame, int count) {
    return frame == count - 1 ? 1 : Math.min(LOOKED_AT, count - 1 - frame);
  }
}
