package dev.atelier.runtime.stage;

import dev.atelier.runtime.gallery.ClipGallery;
import dev.atelier.runtime.gallery.ClipGalleryPage;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.TerminationMessage;
import java.util.List;

/** Stores what a person looks at after clips were drawn: the page that plays them, the report. */
final class ClipPages {

  private ClipPages() {}

  /**
   * Stores the files.
   *
   * @param report name of the report's artifact
   * @param suffix of the artifacts' names, where several pods publish some of each
   */
  static List<TerminationMessage.Artifact> store(
      StageFolder folder, ClipGallery gallery, String report, String suffix) {
    var page = folder.put("gallery.html", ClipGalleryPage.html(gallery), "text/html");
    var json = folder.put("report.json", gallery.report().json(), "application/json");
    return List.of(Artifacts.of("gallery" + suffix, page), Artifacts.of(report + suffix, json));
  }
}
