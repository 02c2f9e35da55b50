package dev.atelier.runtime.stage;

import dev.atelier.runtime.store.ArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store whose pod is killed in the middle of its work: before the write after so many. */
final class FailingStore implements ArtifactStore {

  private final ArtifactStore store;
  private int left;

  FailingStore(ArtifactStore store, int writes) {
    this.store = store;
    this.left = writes;
  }

  /** The end of the pod. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  void failAfter(int writes) {
    left = writes;
  }

  @Override
  public void put(String key, byte[] content) {
    count();
    store.put(key, content);
  }

  @Override
  public void put(String key, Path file) throws IOException {
    count();
    store.put(key, file);
  }

  private void count() {
    if (left-- == 0) {
      throw new Killed();
    }
  }

  @Override
  public Optional<byte[]> read(String key) {
    return store.read(key);
  }

  @Override
  public Optional<Path> local(String key) {
    return store.local(key);
  }

  @Override
  public List<Entry> list(String prefix) {
    return store.list(prefix);
  }

  @Override
  public void delete(String prefix) {
    store.delete(prefix);
  }

  @Override
  public String describe() {
    return store.describe();
  }
}
