package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.ArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store whose disk is full after so many files. */
final class FillingStore implements ArtifactStore {

  private final ArtifactStore store;
  private int room;

  FillingStore(ArtifactStore store, int room) {
    this.store = store;
    this.room = room;
  }

  @Override
  public void put(String key, byte[] content) {
    take();
    store.put(key, content);
  }

  @Override
  public void put(String key, Path file) throws IOException {
    take();
    store.put(key, file);
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

  private void take() {
    if (room-- <= 0) {
      throw new StageFailure.StorageUnavailable("no space left on device", null);
    }
  }
}
