package dev.atelier.runtime.store;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.StoreLocation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
          location,
          S3Credentials.of(location.credentials(), settings),
          scratch.resolve(
              Digests.of(location.url().getBytes(StandardCharsets.UTF_8)).substring(0, 12)));
    }
    throw new StageFailure.BadInput(
        "the store location '%s' is neither file:/// nor s3://".formatted(location.url()));
  }

  /** The directory of a mounted location, for models that are read in place. */
  public Path directory(StoreLocation location) {
    return settings.resolve(URI.create(location.url()).getPath());
  }
}
