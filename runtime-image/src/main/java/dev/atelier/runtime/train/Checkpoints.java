package dev.atelier.runtime.train;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.CheckpointRef;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints in the store, {@code step-000100/state.safetensors} and then {@code manifest.json}:
 * one without a manifest, or whose digest differs, does not count. An older one goes only after the
 * newer is durable.
 */
public final class Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");
  private static final ObjectMapper JSON = StageJson.json();
  private static final String STATE = "/state.safetensors";
  private static final String MANIFEST = "/manifest.json";

  private final ArtifactStore store;
  private final String prefix;
  private final int keepLast;
  private final Path scratch;

  /**
   * @param prefix key of the directory that holds the checkpoints
   * @param keepLast how many are kept, at least 1
   * @param scratch local directory for files on their way
   */
  public Checkpoints(ArtifactStore store, String prefix, int keepLast, Path scratch) {
    this.store = store;
    this.prefix = prefix;
    this.keepLast = Math.max(1, keepLast);
    this.scratch = scratch;
  }

  /** What a checkpoint's manifest says. */
  record Manifest(int step, String path, long sizeBytes, String sha256) {}

  /** A checkpoint that was read back. */
  public record Restored(int step, Map<String, Tensor> state, CheckpointRef reference) {}

  /** Saves the state after so many steps; durable when it returns. */
  public CheckpointRef save(int step, Map<String, Tensor> state) throws IOException {
    var folder = "%s/step-%06d".formatted(prefix, step);
    var file = Files.createTempFile(scratch, "checkpoint-", ".safetensors");
    try {
      SafeTensorsWriter.write(file, state, Map.of("format", "pt", "step", "" + step));
      store.put(folder + STATE, file);
      var manifest = new Manifest(step, folder + STATE, Files.size(file), Digests.of(file));
      var bytes = JSON.writeValueAsBytes(manifest);
      store.put(folder + MANIFEST, bytes);
      discardOlder();
      return new CheckpointRef(step, folder + MANIFEST, Digests.of(bytes));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes a checkpoint that turned out to be of no use. */
  public void discard(CheckpointRef checkpoint) {
    discard(checkpoint.path());
  }

  /** The newest checkpoint that is whole; damaged ones are passed over, and said so. */
  public Optional<Restored> newest(Torch torch) throws IOException {
    for (var key : manifests()) {
      var restored = read(torch, key);
      if (restored.isPresent()) {
        return restored;
      }
      LOG.warn("checkpoint {} is damaged; trying the one before", key);
    }
    return Optional.empty();
  }

  private Optional<Restored> read(Torch torch, String key) throws IOException {
    var bytes = store.read(key);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      var manifest = JSON.readValue(bytes.get(), Manifest.class);
      var file = store.local(manifest.path());
      if (file.isEmpty() || !Digests.of(file.get()).equals(manifest.sha256())) {
        return Optional.empty();
      }
      return Optional.of(
          new Restored(
              manifest.step(),
              SafeTensorsFile.readAll(torch, file.get()),
              new CheckpointRef(manifest.step(), key, Digests.of(bytes.get()))));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private void discardOlder() {
    manifests().stream().skip(keepLast).forEach(this::discard);
  }

  /** First the manifest, so that half a checkpoint never counts. */
  private void discard(String manifest) {
    store.delete(manifest);
    store.delete(manifest.substring(0, manifest.length() - MANIFEST.length()));
  }

  /** Newest first. */
  private List<String> manifests() {
    return store.list(prefix).stream()
        .map(ArtifactStore.Entry::key)
        .filter(key -> key.endsWith(MANIFEST))
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
