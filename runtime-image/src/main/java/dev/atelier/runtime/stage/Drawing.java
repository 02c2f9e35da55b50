package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.PictureJudge;
import dev.atelier.runtime.safety.OutputCheck;
import dev.atelier.runtime.sample.FinishedPicture;
import dev.atelier.runtime.sample.PictureEncoder;
import dev.atelier.runtime.sample.PictureRun;
import dev.atelier.runtime.sample.PictureShelf;
import dev.atelier.runtime.sample.PictureSource;
import dev.atelier.runtime.sample.PlannedPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws planned pictures onto the stage's shelves and measures each; pixels are not kept. */
final class Drawing {

  private final StageContext context;
  private final OutputCheck check;
  private final Optional<PictureJudge> judge;

  /**
   * @param judge absent where nothing is to be measured
   */
  Drawing(StageContext context, Judges judges, Optional<PictureJudge> judge) {
    this.context = context;
    this.check = judges.check();
    this.judge = judge;
  }

  /**
   * Draws what is not on the shelf yet.
   *
   * @param activity for the progress line
   * @param encoder writes where the pictures come from into their files
   * @param shelf directory of the pictures below the stage's own
   */
  List<DrawnPicture> draw(
      String activity,
      PictureSource model,
      PictureEncoder encoder,
      String shelf,
      List<PlannedPicture> planned) {
    var kept =
        new PictureShelf(
            context.store(), context.folder().prefix() + "/" + shelf, model.digest(), encoder);
    var safety = new SafetyNotes(context.folder(), shelf);
    var drawn = new ArrayList<DrawnPicture>();
    new PictureRun(model, kept, check, context.progress(), context.stop())
        .draw(
            activity,
            planned,
            finished -> {
              safety.tell(finished.planned(), finished.verdict(), finished.judged());
              drawn.add(measured(finished));
            });
    return drawn;
  }

  private DrawnPicture measured(FinishedPicture finished) {
    finished.file().ifPresent(context.folder()::adopt);
    var reading =
        judge.flatMap(
            each ->
                finished.picture().map(picture -> each.read(finished.planned().prompt(), picture)));
    return DrawnPicture.of(finished, reading);
  }
}
