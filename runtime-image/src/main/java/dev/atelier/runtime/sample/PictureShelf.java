package dev.atelier.runtime.sample;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Where finished pictures are kept, outside of any attempt, so that a restarted pod draws none
 * twice: first the picture, then its sidecar, which makes it count.
 */
public final class PictureShelf {

  private static final String ENDING = ".png";

  private final ArtifactStore store;
  private final ShelfNotes notes;
  private final PictureEncoder encoder;

  /**
   * @param prefix directory of the pictures below the store's root
   * @param model digest of the model and the sampler that draw
   */
  public PictureShelf(ArtifactStore store, String prefix, String model, PictureEncoder encoder) {
    this.store = store;
    this.notes = new ShelfNotes(store, prefix, model);
    this.encoder = encoder;
  }

  /** What became of a picture that was drawn before by the same model from the same request. */
  public Optional<FinishedPicture> find(PlannedPicture planned) {
    return notes.find(planned).flatMap(note -> restored(planned, note));
  }

  /** Keeps a picture. */
  public FinishedPicture keep(PlannedPicture planned, PictureVerdict judged, RgbImage picture) {
    var bytes = encoder.png(planned, picture);
    var key = notes.key(planned, ENDING);
    store.put(key, bytes);
    var file =
        new Manifest.StoredFile(
            notes.name(planned, ENDING), key, "image/png", bytes.length, Digests.of(bytes));
    notes.write(planned, judged, List.of(file));
    return new FinishedPicture(
        planned, Verdict.of(judged), Optional.of(judged), Optional.of(file), Optional.of(picture));
  }

  /** Remembers that a picture is not to be drawn again. */
  public FinishedPicture refuse(PlannedPicture planned, PictureVerdict judged) {
    notes.write(planned, judged, List.of());
    return FinishedPicture.without(planned, Verdict.of(judged), Optional.of(judged));
  }

  private Optional<FinishedPicture> restored(PlannedPicture planned, ShelfNote note) {
    var judged = Optional.ofNullable(note.judged());
    if (note.files().isEmpty()) {
      return Optional.of(FinishedPicture.without(planned, note.verdict(), judged));
    }
    var file = note.files().get(0);
    try {
      var picture = ImageIO.read(StageFolder.open(store, file).toFile());
      return picture == null
          ? Optional.empty()
          : Optional.of(
              new FinishedPicture(
                  planned,
                  note.verdict(),
                  judged,
                  Optional.of(file),
                  Optional.of(RgbImage.of(picture))));
    } catch (StageFailure.BadInput | IOException e) {
      return Optional.empty(); // lost or damaged: drawn again
    }
  }
}
