package dev.atelier.runtime.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is finished, outside of any attempt: first the files, then the note that makes them count. A
 * restarted pod does nothing twice.
 */
final class WorkLedger {

  private static final ObjectMapper JSON = StageJson.json();

  private final ArtifactStore store;
  private final String prefix;

  /**
   * @param prefix directory below the store's root
   */
  WorkLedger(ArtifactStore store, String prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  /**
   * A piece of work.
   *
   * @param clips what became of its clips
   * @param files what was stored for them
   */
  record Note(List<ClipRecord> clips, List<Manifest.StoredFile> files) {}

  /** Digest of everything that a piece of work depends on. */
  static String digest(Object... parts) {
    try {
      return Digests.of(JSON.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was noted under a digest, if all its files are still whole. */
  Optional<Note> find(String digest) {
    return store.read(key(digest)).flatMap(WorkLedger::note).filter(this::whole);
  }

  /** Stores a file of a piece of work. */
  Manifest.StoredFile put(String digest, String name, byte[] content, String mediaType) {
    var key = folder(digest) + "/" + name;
    store.put(key, content);
    return new Manifest.StoredFile(name, key, mediaType, content.length, Digests.of(content));
  }

  /** Stores a file of a piece of work. */
  Manifest.StoredFile put(String digest, String name, Path file, String mediaType)
      throws IOException {
    var key = folder(digest) + "/" + name;
    store.put(key, file);
    return new Manifest.StoredFile(name, key, mediaType, Files.size(file), Digests.of(file));
  }

  /** Notes that a piece of work is finished. */
  Note keep(String digest, Note note) {
    try {
      store.put(key(digest), JSON.writeValueAsBytes(note));
      return note;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean whole(Note note) {
    try {
      note.files().forEach(file -> StageFolder.open(store, file));
      return true;
    } catch (StageFailure.BadInput e) {
      return false; // lost or damaged: done again
    }
  }

  private static Optional<Note> note(byte[] bytes) {
    try {
      return Optional.of(JSON.readValue(bytes, Note.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String key(String digest) {
    return folder(digest) + "/note.json";
  }

  private String folder(String digest) {
    return prefix + "/" + digest.substring(0, 24);
  }
}
