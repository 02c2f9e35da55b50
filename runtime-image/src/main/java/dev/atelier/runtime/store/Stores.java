package dev.atelier.runtime.store;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the stores that a stage file names. */
public final class Stores {

  private final RuntimeSettings settings;
  private final Path scratch;

  /**
   * @param scratch directory for copies of remote files
   */
  public Stores(RuntimeSettings settings, Path scratch) {
    this.settings = settings;
    this.scratch = scratch;
  }

  /** The store of a location. */
  public ArtifactStore open(StoreLocation location) {
    var uri = URI.create(location.url());
    var scheme = String.valueOf(uri.getScheme());
    if (scheme.equals("file")) {
      return new FileStore(settings.resolve(uri.getPath()));
    }
    if (scheme.equals("s3")) {
      return S3Store.open(
          location, S3Credentials.of(location.credentials(), settings), copies(location));
    }
    throw new StageFailure.BadInput(
        "the store location '%s' is neither file:/// nor s3://".formatted(location.url()));
  }

  /**
   * A local folder or file with what lies at a location: the mounted one itself, or a copy of every
   * object below an S3 prefix. Links are followed, so that messages name a place that is still
   * there when the pod is gone: a workstation links what a pod mounts.
   */
  public Path local(StoreLocation location) {
    var path = location.url().startsWith("s3:") ? copied(location) : directory(location);
    if (!Files.exists(path)) {
      throw new StageFailure.BadInput(
          "there is nothing at %s; check the path and the volume of the DiffusionRuntime"
              .formatted(location.url()));
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new StageFailure.StorageUnavailable(
          "%s cannot be read: %s".formatted(location.url(), e), e);
    }
  }

  /** The directory of a mounted location, whether it exists or not. */
  public Path directory(StoreLocation location) {
    return settings.resolve(URI.create(location.url()).getPath());
  }

  private Path copied(StoreLocation location) {
    var store = open(location);
    store.list("").forEach(entry -> store.local(entry.key()));
    return copies(location);
  }

  private Path copies(StoreLocation location) {
    var digest = Digests.of(location.url().getBytes(StandardCharsets.UTF_8));
    return scratch.resolve(digest.substring(0, 12));
  }
}
