package dev.atelier.local.workstation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Makes a state directory forget resources: their saved state and everything they wrote. */
public final class Fresh {

  // volumes/<namespace>/<claim>, a path within the claim, then <namespace>/<Kind>/<name>-<uid8>.
  private static final int DEPTH = 8;

  private final StateDirectory state;

  public Fresh(StateDirectory state) {
    this.state = state;
  }

  /** Forgets what the manifests name, and returns the names of what was there. */
  public List<String> forget(List<Manifest> manifests) {
    var ours = manifests.stream().map(Manifest::resource).filter(Resource::isAtelier).toList();
    var gone =
        new SavedResources(state)
            .forget(saved -> ours.stream().anyMatch(saved::sameAs)).stream()
                .filter(Resource::isAtelier)
                .toList();
    ours.forEach(this::eraseFolders);
    return gone.stream().map(Resource::title).toList();
  }

  private void eraseFolders(Resource resource) {
    if (!Files.isDirectory(state.volumes())) {
      return;
    }
    try (var tree = Files.walk(state.volumes(), DEPTH)) {
      for (var folder : tree.filter(path -> belongsTo(path, resource)).toList()) {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot erase the files of " + resource.title(), e);
    }
  }

  /** Whether the path ends in {@code namespace/Kind/name-uid8}. */
  private static boolean belongsTo(Path path, Resource resource) {
    int names = path.getNameCount();
    return names > 3
        && path.getName(names - 2).toString().equals(resource.kind())
        && path.getName(names - 3).toString().equals(resource.namespace())
        && path.getName(names - 1)
            .toString()
            .matches(Pattern.quote(resource.name()) + "-[0-9a-f]{8}");
  }

  private static void delete(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
