package dev.atelier.runtime.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Where finished pictures are kept, outside of any attempt, so that a restarted pod draws none
 * twice: first the picture, then its sidecar, which makes it count.
 */
public final class PictureShelf {

  private static final ObjectMapper JSON = StageJson.json();

  private final ArtifactStore store;
  private final String prefix;
  private final String model;
  private final PictureEncoder encoder;

  /**
   * @param prefix directory of the pictures below the store's root
   * @param model digest of the model and the sampler that draw
   */
  public PictureShelf(ArtifactStore store, String prefix, String model, PictureEncoder encoder) {
    this.store = store;
    this.prefix = prefix;
    this.model = model;
    this.encoder = encoder;
  }

  /** What became of a picture that was drawn before by the same model from the same request. */
  public Optional<FinishedPicture> find(PlannedPicture planned) {
    return note(planned)
        .filter(note -> note.request().equals(request(planned)))
        .flatMap(note -> restored(planned, note));
  }

  /** Keeps a picture. */
  public FinishedPicture keep(PlannedPicture planned, Verdict verdict, RgbImage picture) {
    var bytes = encoder.png(planned, picture);
    var key = prefix + "/" + planned.name() + ".png";
    store.put(key, bytes);
    var file =
        new Manifest.StoredFile(
            folder() + planned.name() + ".png", key, "image/png", bytes.length, Digests.of(bytes));
    write(planned, new ShelfNote(request(planned), verdict, file));
    return new FinishedPicture(planned, verdict, Optional.of(file), Optional.of(picture));
  }

  /** Remembers that a picture is not to be drawn again. */
  public FinishedPicture refuse(PlannedPicture planned) {
    write(planned, new ShelfNote(request(planned), Verdict.Blocked, null));
    return FinishedPicture.without(planned, Verdict.Blocked);
  }

  /** The last directory of the prefix, by which manifests name the pictures. */
  private String folder() {
    return prefix.substring(prefix.lastIndexOf('/') + 1) + "/";
  }

  private Optional<FinishedPicture> restored(PlannedPicture planned, ShelfNote note) {
    var file = note.file();
    if (file == null) {
      return Optional.of(FinishedPicture.without(planned, note.verdict()));
    }
    try {
      var picture = ImageIO.read(StageFolder.open(store, file).toFile());
      return picture == null
          ? Optional.empty()
          : Optional.of(
              new FinishedPicture(
                  planned, note.verdict(), Optional.of(file), Optional.of(RgbImage.of(picture))));
    } catch (StageFailure.BadInput | IOException e) {
      return Optional.empty(); // lost or damaged: drawn again
    }
  }

  private Optional<ShelfNote> note(PlannedPicture planned) {
    return store
        .read(noteKey(planned))
        .flatMap(
            bytes -> {
              try {
                return Optional.of(JSON.readValue(bytes, ShelfNote.class));
              } catch (IOException e) {
                return Optional.empty();
              }
            });
  }

  private void write(PlannedPicture planned, ShelfNote note) {
    store.put(noteKey(planned), json(note));
  }

  private String noteKey(PlannedPicture planned) {
    return prefix + "/" + planned.name() + ".json";
  }

  private String request(PlannedPicture planned) {
    return Digests.of(
        (model + "\n" + new String(json(planned), StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
