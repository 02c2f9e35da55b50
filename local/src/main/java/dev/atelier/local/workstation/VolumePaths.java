package dev.atelier.local.workstation;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the volumes of the claims lie on this machine. */
public final class VolumePaths {

  private final StateDirectory state;
  private final List<Resource> claims;
  private final boolean here;

  /**
   * @param resources among which the PersistentVolumeClaims are found
   */
  public VolumePaths(StateDirectory state, List<Resource> resources) {
    this(state, resources, true);
  }

  private VolumePaths(StateDirectory state, List<Resource> resources, boolean here) {
    this.here = here;
    this.state = state;
    this.claims = resources.stream().filter(r -> r.kind().equals("PersistentVolumeClaim")).toList();
  }

  /** Of a cluster: no volume is on this machine. */
  public static VolumePaths elsewhere() {
    return new VolumePaths(new StateDirectory(Path.of("")), List.of(), false);
  }

  /** The folder of a claim: the annotated one, or one in the state directory. */
  public Path folder(String namespace, String claim) {
    return claims.stream()
        .filter(c -> c.name().equals(claim) && c.namespace().equals(namespace))
        .map(c -> c.body().path("metadata").path("annotations"))
        .map(annotations -> annotations.path(ManifestFiles.PATH_ANNOTATION).asText())
        .filter(annotated -> !annotated.isEmpty())
        .map(Path::of)
        .findFirst()
        .orElseGet(() -> state.volumes().resolve(namespace).resolve(claim));
  }

  /**
   * The file behind an artifact's URI.
   *
   * @param namespace of the resource that names the artifact
   * @param uri {@code pvc://claim/path} or {@code file:///path}
   * @return empty for a URI that is not on this machine
   */
  public Optional<Path> resolve(String namespace, String uri) {
    if (!here) {
      return Optional.empty();
    }
    if (uri.startsWith("file:///")) {
      return Optional.of(Path.of(URI.create(uri)));
    }
    if (!uri.startsWith("pvc://")) {
      return Optional.empty();
    }
    var rest = uri.substring("pvc://".length());
    int slash = rest.indexOf('/');
    if (slash < 0) {
      return Optional.of(folder(namespace, rest));
    }
    return Optional.of(
        folder(namespace, rest.substring(0, slash)).resolve(rest.substring(slash + 1)));
  }
}
