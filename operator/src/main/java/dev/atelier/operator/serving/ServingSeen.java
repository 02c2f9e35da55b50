package dev.atelier.operator.serving;

import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.job.Troubles;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What serves a resource's model, read from caches only.
 *
 * @param supported whether the cluster has Deployments; asked only where one is wanted
 * @param pods that carry the resource's serving label
 * @param troubles Kubernetes' own events about pods whose volumes could not be mounted
 */
record ServingSeen(
    boolean supported,
    Optional<Deployment> deployment,
    Optional<Service> service,
    List<Pod> pods,
    List<Event> troubles) {

  ServingSeen {
    pods = List.copyOf(pods);
    troubles = List.copyOf(troubles);
  }

  /** Only what belongs to the resource, and not to one that had its name before. */
  ServingSeen of(Owner owner) {
    return new ServingSeen(
        supported,
        deployment.filter(one -> owned(one, owner)),
        service.filter(one -> owned(one, owner)),
        pods,
        troubles);
  }

  /** Whether an object goes with its owner. */
  static boolean owned(HasMetadata object, Owner owner) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(reference -> owner.uid().equals(reference.getUid()));
  }

  /** Whether pods that serve may be there. */
  boolean alive() {
    return deployment.isPresent() || pods.stream().anyMatch(pod -> !Troubles.over(pod));
  }

  /** Whether the Deployment is on its way out. */
  boolean leaving() {
    return deployment.filter(ServingSeen::deleted).isPresent();
  }

  /** Whether all is as it was applied, as far as is watched. */
  boolean holds(ServingChildren children) {
    return deployment
            .filter(one -> ServingDigest.same(one, children.deployment()))
            .filter(one -> replicas(one) == replicas(children.deployment()))
            .isPresent()
        && service.filter(one -> !deleted(one)).isPresent()
        && !misses(children.stageFile().getMetadata().getName());
  }

  /** The stage file of the Deployment's pods. */
  Optional<String> stageFile() {
    return deployment
        .flatMap(
            one ->
                one.getSpec().getTemplate().getSpec().getVolumes().stream()
                    .map(Volume::getConfigMap)
                    .filter(Objects::nonNull)
                    .findFirst())
        .map(ConfigMapVolumeSource::getName);
  }

  /** Pods that an answer may come from one day. */
  List<Pod> staying() {
    return pods.stream().filter(pod -> !deleted(pod) && !Troubles.over(pod)).toList();
  }

  /** What keeps a pod from being ready. */
  Optional<StageState.Waiting> trouble() {
    return staying().stream()
        .filter(pod -> !ready(pod))
        .flatMap(pod -> Troubles.ofStaying(pod, troubles).stream())
        .findFirst();
  }

  static int replicas(Deployment deployment) {
    return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
  }

  static boolean deleted(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  private boolean misses(String stageFile) {
    return trouble().filter(waiting -> waiting.misses(stageFile)).isPresent();
  }

  private static boolean ready(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(one -> "Ready".equals(one.getType()) && "True".equals(one.getStatus()));
  }
}
