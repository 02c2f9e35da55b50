package dev.atelier.runtime.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files under slash-separated keys. A reader sees a file whole or not at all.
 *
 * <p>Every method throws {@link dev.atelier.runtime.StageFailure.StorageUnavailable} when the store
 * cannot be reached or is full, with the place and what to check.
 */
public interface ArtifactStore {

  /** A stored file. */
  record Entry(String key, long sizeBytes) {}

  /** Stores bytes under a key, replacing what was there in one step; durable when it returns. */
  void put(String key, byte[] content);

  /** Stores a file under a key, replacing what was there in one step; durable when it returns. */
  void put(String key, Path file) throws IOException;

  /** The bytes under a key, for small files. */
  Optional<byte[]> read(String key);

  /**
   * A local file with the content of a key: the stored file itself where the store is a directory,
   * else a copy in the scratch directory.
   */
  Optional<Path> local(String key);

  /** Every file below a prefix (a whole path segment), or all with an empty one, sorted by key. */
  List<Entry> list(String prefix);

  /** Deletes every file below a prefix; nothing happens when there is none. */
  void delete(String prefix);

  /** For messages: where this store is. */
  String describe();

  /** Refuses keys that would leave the store. */
  static String checked(String key) {
    if (key.isEmpty() || key.startsWith("/") || key.endsWith("/") || key.contains("\\")) {
      throw new IllegalArgumentException("not a key of the artifact store: '" + key + "'");
    }
    for (var segment : key.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("not a key of the artifact store: '" + key + "'");
      }
    }
    return key;
  }
}
