package dev.atelier.runtime.sample;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.safety.OutputCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * Draws what is not on the shelf yet. Pictures are drawn in the same groups in every attempt, since
 * a batch of another size rounds differently: a restarted run gives the same files.
 */
public final class PictureRun {

  private final PictureSource source;
  private final PictureShelf shelf;
  private final OutputCheck check;
  private final ProgressReporter progress;
  private final StopRequest stop;

  /** A run of one model. */
  public PictureRun(
      PictureSource source,
      PictureShelf shelf,
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
   * Draws the planned pictures.
   *
   * @param activity for the progress line
   * @param finished told of each picture, in the order of the plan
   */
  public void draw(
      String activity, List<PlannedPicture> planned, Consumer<FinishedPicture> finished) {
    progress.begin(activity, planned.size(), 0);
    int done = 0;
    for (var group : groups(planned)) {
      if (stop.requested()) {
        throw new StageFailure.Checkpointed(
            "stopped (%s) with %d of %d pictures finished; they are kept and the rest is drawn next time"
                .formatted(stop.reason(), done, planned.size()));
      }
      group(group).forEach(finished);
      done += group.size();
      progress.step(done, List.of());
    }
  }

  private List<FinishedPicture> group(List<PlannedPicture> group) {
    var found = new LinkedHashMap<PlannedPicture, FinishedPicture>();
    group.forEach(picture -> shelf.find(picture).ifPresent(f -> found.put(picture, f)));
    if (found.size() < group.size()) {
      var drawn = source.draw(group);
      for (int i = 0; i < group.size(); i++) {
        var picture = drawn.get(i);
        found.computeIfAbsent(group.get(i), planned -> judged(planned, picture));
      }
    }
    return group.stream().map(found::get).toList();
  }

  private FinishedPicture judged(PlannedPicture planned, RgbImage drawn) {
    if (!finite(drawn)) {
      return FinishedPicture.failed(planned);
    }
    // What is measured is what is stored, 8 bits a channel: a restarted run reads the same numbers.
    var picture = RgbImage.of(drawn.toBuffered());
    var judged = check.judge(picture);
    return judged.verdict() == OutputCheck.Verdict.BLOCK
        ? shelf.refuse(planned, judged)
        : shelf.keep(planned, judged, picture);
  }

  /** Whether every value is a number. */
  static boolean finite(RgbImage picture) {
    for (float value : picture.values()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Neighbours with one prompt, at most a batch together. */
  private List<List<PlannedPicture>> groups(List<PlannedPicture> planned) {
    var groups = new ArrayList<List<PlannedPicture>>();
    for (var picture : planned) {
      var last = groups.isEmpty() ? List.<PlannedPicture>of() : groups.get(groups.size() - 1);
      if (last.isEmpty()
          || last.size() >= source.batchSize()
          || !last.get(0).prompt().equals(picture.prompt())) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(picture);
    }
    return groups;
  }
}
