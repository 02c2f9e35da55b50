package dev.atelier.runtime.stage;

import dev.atelier.runtime.gallery.ContactSheet;
import dev.atelier.runtime.gallery.Gallery;
import dev.atelier.runtime.gallery.GalleryPage;
import dev.atelier.runtime.gallery.Preview;
import dev.atelier.runtime.gallery.SheetPainter;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.TerminationMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores what a person looks at: gallery page, contact sheet, report. */
final class Pages {

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
    int produced = 0;
    int blocked = 0;
    int failed = 0;
    for (var picture : pictures) {
      switch (picture.verdict()) {
        case Written, Review -> produced++;
        case Blocked -> blocked++;
        case Failed -> failed++;
      }
    }
    return new TerminationMessage.Samples(pictures.size(), produced, blocked, failed);
  }
}
