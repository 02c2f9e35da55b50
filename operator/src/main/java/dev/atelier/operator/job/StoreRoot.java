package dev.atelier.operator.job;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.StorageSpec;
import dev.atelier.stage.TerminationMessage;
import java.util.Objects;
import java.util.Optional;

/**
 * The store's root as users see it.
 *
 * @param uri {@code pvc://claim/path} or {@code s3://bucket/prefix}, without a slash at its end
 */
public record StoreRoot(String uri) {

  /** The root of a storage. */
  public static StoreRoot of(StorageSpec storage) {
    var bucket = storage.s3();
    if (bucket != null) {
      return joined("s3://" + bucket.bucket(), bucket.prefix());
    }
    var claim = Objects.requireNonNull(storage.pvc());
    return joined("pvc://" + claim.claimName(), claim.path());
  }

  /** Where a path below the root lies. */
  public String uri(String path) {
    return uri + "/" + path;
  }

  /** The path below the root, or empty for a place elsewhere. */
  public Optional<String> path(String place) {
    return place.startsWith(uri + "/")
        ? Optional.of(place.substring(uri.length() + 1))
        : Optional.empty();
  }

  /** An artifact of a stage as the status shows it. */
  public ArtifactStatus status(TerminationMessage.Artifact artifact) {
    return new ArtifactStatus(
        artifact.name(),
        uri(artifact.path()),
        artifact.mediaType(),
        artifact.sizeBytes(),
        artifact.sha256());
  }

  private static StoreRoot joined(String root, String path) {
    return new StoreRoot(path.isEmpty() ? root : root + "/" + path);
  }
}
