package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The volumes of PersistentVolumeClaims: folders of this machine. */
record Claims(KubernetesClient client, Path volumes) {
  /** On a claim: the folder that is its volume. */
  static final String PATH_ANNOTATION = "atelier.dev/workstation-path";

  /** The first claim that a pod names and that does not exist. */
  Optional<String> missing(Pod pod) {
    return names(pod).stream().filter(name -> find(pod, name).isEmpty()).findFirst();
  }

  /** The folder of a claim that exists: the annotated one, or one in the state directory. */
  Path folder(String namespace, String name, Optional<PersistentVolumeClaim> claim) {
    return claim
        .map(c -> c.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(PATH_ANNOTATION))
        .map(Path::of)
        .orElseGet(() -> volumes.resolve(namespace).resolve(name));
  }

  Optional<PersistentVolumeClaim> find(Pod pod, String name) {
    return Optional.ofNullable(
        client
            .persistentVolumeClaims()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(name)
            .get());
  }

  private static List<String> names(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .map(Volume::getPersistentVolumeClaim)
        .filter(Objects::nonNull)
        .map(source -> source.getClaimName())
        .toList();
  }
}
