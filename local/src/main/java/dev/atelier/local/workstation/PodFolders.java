package dev.atelier.local.workstation;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The folders of pods, which hold their logs: what a pod said goes with the pod. */
record PodFolders(StateDirectory state, KubernetesClient client) {

  /** Deletes those of pods that the API does not know any longer. */
  void sweep() {
    // Folders first: whatever is made while this looks belongs to a pod that is listed.
    var folders = folders();
    Set<Path> known =
        client.pods().inAnyNamespace().list().getItems().stream()
            .map(pod -> pod.getMetadata())
            .map(pod -> state.pods().resolve(pod.getNamespace()).resolve(pod.getName()))
            .collect(Collectors.toUnmodifiableSet());
    folders.stream().filter(folder -> !known.contains(folder)).forEach(PodFolders::delete);
  }

  private List<Path> folders() {
    if (!Files.isDirectory(state.pods())) {
      return List.of();
    }
    int depth = state.pods().getNameCount() + 2;
    try (var found = Files.find(state.pods(), 2, (path, a) -> a.isDirectory())) {
      return found.filter(path -> path.getNameCount() == depth).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + state.pods(), e);
    }
  }

  private static void delete(Path folder) {
    try (var tree = Files.walk(folder)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the folder of a pod, " + folder, e);
    }
  }
}
