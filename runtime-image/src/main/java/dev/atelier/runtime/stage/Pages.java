package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.gallery.ContactSheet;
import dev.atelier.runtime.gallery.Gallery;
import dev.atelier.runtime.gallery.GalleryPage;
import dev.atelier.runtime.gallery.Preview;
import dev.atelier.runtime.gallery.SheetPainter;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.sample.Verdict;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.TerminationMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores what a person looks at: gallery page, contact sheet, report. */
final class Pages {

  /** What to do where a bound of a GenerationJob is not kept: its spec cannot change. */
  static final String REMEDY =
      "Look at the gallery; then create another GenerationJob with other prompts, another seed or a lower evaluation.gate";

  private Pages() {}

  /**
   * Stores the files.
   *
   * @param suffix of the artifacts' names, where several pods publish some of each
   */
  static List<TerminationMessage.Artifact> store(
      StageFolder folder, Gallery gallery, String suffix) {
    var page = folder.put("gallery.html", GalleryPage.html(gallery), "text/html");
    var sheet =
        folder.put(
            "contact-sheet.png",
            PngFile.of(SheetPainter.paint(ContactSheet.of(gallery))),
            "image/png");
    var report = folder.put("report.json", gallery.report().json(), "application/json");
    return List.of(
        Artifacts.of("gallery" + suffix, page),
        Artifacts.of("contact-sheet" + suffix, sheet),
        Artifacts.of("report" + suffix, report));
  }

  /** What pages show of drawn pictures, by name. */
  static Map<String, Preview> previews(List<DrawnPicture> pictures) {
    var previews = new LinkedHashMap<String, Preview>();
    pictures.forEach(
        drawn -> drawn.preview().ifPresent(p -> previews.put(drawn.planned().name(), p)));
    return previews;
  }

  /** Counts of pictures. */
  static TerminationMessage.Samples counts(List<DrawnPicture> pictures) {
    return countsOf(pictures.stream().map(DrawnPicture::verdict).toList());
  }

  /** Counts of verdicts. */
  static TerminationMessage.Samples countsOf(List<Verdict> verdicts) {
    int produced = 0;
    int blocked = 0;
    int failed = 0;
    for (var verdict : verdicts) {
      switch (verdict) {
        case Written, Review -> produced++;
        case Blocked -> blocked++;
        case Failed -> failed++;
      }
    }
    return new TerminationMessage.Samples(verdicts.size(), produced, blocked, failed);
  }

  /**
   * The counts as a sentence.
   *
   * @param what pictures or clips
   */
  static String counted(TerminationMessage.Samples samples, String what) {
    return "%d of %d %s drawn%s"
        .formatted(
            samples.produced(),
            samples.requested(),
            what,
            samples.blocked() == 0 ? "" : ", %d blocked".formatted(samples.blocked()));
  }

  /**
   * Ends a stage whose model gave nothing but noise of no numbers.
   *
   * @param what picture or clip
   */
  static void requireSome(TerminationMessage.Samples samples, String what) {
    if (samples.requested() > 0 && samples.failed() == samples.requested()) {
      throw new StageFailure.BadInput(
          "the model gave no %s: all %d came out as something that is not a number; try precision Float32 or BFloat16 on the DiffusionRuntime, and a lower guidance scale"
              .formatted(what, samples.failed()));
    }
  }
}
