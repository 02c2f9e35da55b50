package dev.atelier.runtime.sample;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.pipeline.wan.ClipFiles;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.video.AnimatedPreview;
import dev.atelier.runtime.video.FrameSequence;
import dev.atelier.runtime.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where finished clips are kept, outside of any attempt, so that a restarted pod draws none twice:
 * first video, preview and poster, then the sidecar that makes them count.
 */
public final class ClipShelf {

  static final String VIDEO = ".mp4";
  static final String PREVIEW = ".webp";
  static final String POSTER = ".png";

  private final ArtifactStore store;
  private final ShelfNotes notes;
  private final ClipProvenance provenance;
  private final Path scratch;

  /**
   * @param prefix directory of the clips below the store's root
   * @param model digest of what draws
   * @param provenance what files say about themselves
   * @param scratch a directory of this process, where files are written first
   */
  public ClipShelf(
      ArtifactStore store, String prefix, String model, ClipProvenance provenance, Path scratch) {
    this.store = store;
    this.notes = new ShelfNotes(store, prefix, model);
    this.provenance = provenance;
    this.scratch = scratch;
  }

  /** What became of a clip that was drawn before by the same model from the same request. */
  public Optional<FinishedClip> find(PlannedPicture planned) {
    return notes
        .find(planned)
        .filter(note -> note.files().stream().allMatch(this::intact))
        .map(
            note ->
                new FinishedClip(
                    planned, note.verdict(), Optional.ofNullable(note.judged()), note.files()));
  }

  /** Keeps a clip. */
  public FinishedClip keep(PlannedPicture planned, PictureVerdict judged, FrameSequence frames)
      throws IOException {
    Files.createDirectories(scratch);
    var written =
        ClipFiles.write(
            scratch,
            planned.name(),
            frames,
            provenance.framesPerSecond(),
            provenance.texts(planned),
            provenance.xmp(planned));
    var files =
        List.of(
            stored(planned, VIDEO, written.video(), VideoWriter.MEDIA_TYPE),
            stored(planned, PREVIEW, written.preview(), AnimatedPreview.MEDIA_TYPE),
            stored(planned, POSTER, written.poster(), "image/png"));
    notes.write(planned, judged, files);
    return new FinishedClip(planned, Verdict.of(judged), Optional.of(judged), files);
  }

  /** Remembers that a clip is not to be drawn again. */
  public FinishedClip refuse(PlannedPicture planned, PictureVerdict judged) {
    notes.write(planned, judged, List.of());
    return new FinishedClip(planned, Verdict.of(judged), Optional.of(judged), List.of());
  }

  private Manifest.StoredFile stored(
      PlannedPicture planned, String ending, Path file, String mediaType) throws IOException {
    var key = notes.key(planned, ending);
    store.put(key, file);
    var stored =
        new Manifest.StoredFile(
            notes.name(planned, ending), key, mediaType, Files.size(file), Digests.of(file));
    Files.delete(file);
    return stored;
  }

  /** What is lost or damaged is drawn again. */
  private boolean intact(Manifest.StoredFile file) {
    try {
      StageFolder.open(store, file);
      return true;
    } catch (StageFailure.BadInput e) {
      return false;
    }
  }
}
