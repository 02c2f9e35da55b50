package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.ClipJudge;
import dev.atelier.runtime.sample.ClipRun;
import dev.atelier.runtime.sample.ClipShelf;
import dev.atelier.runtime.sample.ClipSource;
import dev.atelier.runtime.sample.FinishedClip;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.video.VideoException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws planned clips onto the stage's shelves and measures each from its file. */
final class ClipDrawing {

  private final StageContext context;
  private final ClipJudges judges;
  private final ClipRequest request;

  ClipDrawing(StageContext context, ClipJudges judges, ClipRequest request) {
    this.context = context;
    this.judges = judges;
    this.request = request;
  }

  /**
   * Draws what is not on the shelf yet.
   *
   * @param whose clips, for the progress line
   * @param provenance entries that go into the files
   * @param shelf directory of the clips below the stage's own
   */
  List<DrawnClip> draw(
      String whose,
      ClipSource model,
      Map<String, String> provenance,
      String shelf,
      List<PlannedPicture> planned) {
    var kept =
        new ClipShelf(
            context.store(),
            context.folder().prefix() + "/" + shelf,
            model.digest(),
            request.provenance(model, provenance),
            context.scratch().resolve("clips"));
    Optional<ClipJudge> judge =
        judges.names().isEmpty() ? Optional.empty() : Optional.of(judges.judge());
    var safety = new SafetyNotes(context.folder(), shelf);
    var drawn = new ArrayList<DrawnClip>();
    new ClipRun(model, kept, judges.check(), context.progress(), context.stop())
        .draw(
            whose,
            planned,
            finished -> {
              safety.tell(finished.planned(), finished.verdict(), finished.judged());
              drawn.add(measured(finished, judge));
            });
    return drawn;
  }

  private DrawnClip measured(FinishedClip finished, Optional<ClipJudge> judge) {
    finished.files().forEach(context.folder()::adopt);
    return new DrawnClip(
        finished,
        judge.flatMap(
            each ->
                finished
                    .video()
                    .map(
                        video -> {
                          try {
                            return each.read(
                                StageFolder.open(context.store(), video),
                                finished.planned().text());
                          } catch (VideoException e) {
                            throw new UncheckedIOException(e);
                          }
                        })));
  }
}
