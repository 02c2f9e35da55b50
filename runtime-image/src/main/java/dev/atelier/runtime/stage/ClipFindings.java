package dev.atelier.runtime.stage;

import dev.atelier.runtime.gallery.ClipGallery;
import dev.atelier.runtime.gallery.ClipReport;
import dev.atelier.runtime.gallery.Playable;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a stage that draws clips found out.
 *
 * @param baseline clips of the base model, empty where none were drawn
 */
record ClipFindings(
    List<Prompt> prompts,
    List<DrawnClip> clips,
    List<DrawnClip> baseline,
    Measured measured,
    ClipReport.Delivery delivery,
    Provenance provenance) {

  /** A page that holds more opens slowly; clips beyond it are shown by their previews. */
  private static final long MOST_EMBEDDED = 48L << 20;

  /** Counts of the stage's own clips. */
  TerminationMessage.Samples samples() {
    return Pages.countsOf(clips.stream().map(drawn -> drawn.finished().verdict()).toList());
  }

  /**
   * The findings as people look at them.
   *
   * @param title kind of result, for people
   */
  ClipGallery gallery(StageContext context, String title) {
    long bytes =
        Stream.concat(clips.stream(), baseline.stream()).mapToLong(ClipFindings::size).sum();
    boolean whole = bytes <= MOST_EMBEDDED;
    return new ClipGallery(
        report(context, title),
        playable(context.store(), clips, whole),
        playable(context.store(), baseline, whole));
  }

  private static long size(DrawnClip clip) {
    return clip.finished().video().map(Manifest.StoredFile::sizeBytes).orElse(0L);
  }

  private static Map<String, Playable> playable(
      ArtifactStore store, List<DrawnClip> clips, boolean whole) {
    var playable = new LinkedHashMap<String, Playable>();
    for (var clip : clips) {
      var finished = clip.finished();
      finished
          .poster()
          .ifPresent(
              poster ->
                  playable.put(
                      finished.planned().name(),
                      whole
                          ? Playable.video(
                              bytes(store, poster), bytes(store, finished.video().orElseThrow()))
                          : Playable.preview(
                              bytes(store, poster),
                              bytes(store, finished.preview().orElseThrow()))));
    }
    return playable;
  }

  private static byte[] bytes(ArtifactStore store, Manifest.StoredFile file) {
    try {
      return Files.readAllBytes(StageFolder.open(store, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ClipReport report(StageContext context, String title) {
    var file = context.file();
    return new ClipReport(
        ClipReport.SCHEMA,
        title,
        file.resource().kind(),
        file.resource().namespace(),
        file.resource().name(),
        file.run().id(),
        file.stage().stage().title(),
        context.clock().instant(),
        measured.gate(),
        measured.rows(),
        samples(),
        delivery,
        prompts,
        clips.stream().map(DrawnClip::reported).toList(),
        baseline.stream().map(DrawnClip::reported).toList(),
        PromptAdvice.of(prompts, context.folder().advised()),
        provenance.entries());
  }
}
