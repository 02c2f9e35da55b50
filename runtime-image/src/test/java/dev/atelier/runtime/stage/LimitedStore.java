package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.ArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store that fails before the write after so many, and from then on. */
final class LimitedStore implements ArtifactStore {

  private final ArtifactStore store;
  private final Supplier<RuntimeException> failure;
  private int left;

  private LimitedStore(ArtifactStore store, int writes, Supplier<RuntimeException> failure) {
    this.store = store;
    this.left = writes;
    this.failure = failure;
  }

  /** A store whose pod is killed in the middle of its work. */
  static LimitedStore killing(ArtifactStore store, int writes) {
    return new LimitedStore(store, writes, Killed::new);
  }

  /** A store whose disk is full. */
  static LimitedStore filling(ArtifactStore store, int room) {
    return new LimitedStore(
        store, room, () -> new StageFailure.StorageUnavailable("no space left on device", null));
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
    if (left-- <= 0) {
      throw failure.get();
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
