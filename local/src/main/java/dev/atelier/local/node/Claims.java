package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.PersistentVolume;
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

  /**
   * The folder of a claim that exists: that of the volume it is bound to, the annotated one, or one
   * in the state directory.
   */
  Path folder(String namespace, String name, Optional<PersistentVolumeClaim> claim) {
    return claim
        .map(c -> c.getSpec().getVolumeName())
        .flatMap(this::volume)
        .or(() -> claim.flatMap(Claims::annotated))
        .orElseGet(() -> volumes.resolve(namespace).resolve(name));
  }

  private static Optional<Path> annotated(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(PATH_ANNOTATION))
        .map(Path::of);
  }

  private Optional<Path> volume(String name) {
    return Optional.ofNullable(client.persistentVolumes().withName(name).get())
        .map(PersistentVolume::getSpec)
        .flatMap(
            spec ->
                Optional.ofNullable(spec.getLocal())
                    .map(local -> local.getPath())
                    .or(() -> Optional.ofNullable(spec.getHostPath()).map(host -> host.getPath())))
        .map(Path::of);
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
