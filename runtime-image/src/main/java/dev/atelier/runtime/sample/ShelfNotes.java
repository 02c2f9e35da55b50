package dev.atelier.runtime.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The sidecars of a shelf. One is written after the files it speaks of, and makes them count. */
final class ShelfNotes {

  private static final ObjectMapper JSON = StageJson.json();

  private final ArtifactStore store;
  private final String prefix;
  private final String model;

  /**
   * @param prefix directory of the shelf below the store's root
   * @param model digest of the model and the sampler that draw
   */
  ShelfNotes(ArtifactStore store, String prefix, String model) {
    this.store = store;
    this.prefix = prefix;
    this.model = model;
  }

  /** What was noted of the same request by the same model. */
  Optional<ShelfNote> find(PlannedPicture planned) {
    return store
        .read(key(planned, ".json"))
        .flatMap(ShelfNotes::read)
        .filter(note -> note.request().equals(request(planned)));
  }

  /** Notes what became of a request. */
  void write(PlannedPicture planned, PictureVerdict judged, List<Manifest.StoredFile> files) {
    var note = new ShelfNote(request(planned), Verdict.of(judged), judged, files);
    store.put(key(planned, ".json"), json(note));
  }

  /** Key of a file of a picture or clip. */
  String key(PlannedPicture planned, String ending) {
    return prefix + "/" + planned.name() + ending;
  }

  /** Name of the same in manifests: below the last directory of the prefix. */
  String name(PlannedPicture planned, String ending) {
    return prefix.substring(prefix.lastIndexOf('/') + 1) + "/" + planned.name() + ending;
  }

  private String request(PlannedPicture planned) {
    return Digests.of(
        (model + "\n" + new String(json(planned), StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<ShelfNote> read(byte[] bytes) {
    try {
      return Optional.of(JSON.readValue(bytes, ShelfNote.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
