package dev.atelier.operator.job;

import dev.atelier.api.LimitsSpec;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.StoreLocation;

/**
 * Everything that the manifests of one stage are made of.
 *
 * @param image of the pod
 * @param input what the stage has to do
 * @param storage where it writes, as the container sees it
 * @param shards pods that share the work; more than 1 makes an indexed Job
 * @param gpus of a pod; judging, cutting and erasing take none
 * @param deadlineSeconds after which Kubernetes ends the Job
 * @param owned whether the Job goes with its owner; an erasure outlives it
 */
public record StageRequest(
    StageKey key,
    String image,
    RuntimeSpec runtime,
    LimitsSpec limits,
    StageInput input,
    StoreLocation storage,
    Mounts mounts,
    int shards,
    int gpus,
    long deadlineSeconds,
    boolean owned) {

  /** Nodes that work together, a pod on each; more than 1 makes a JobSet. */
  int nodes() {
    return key.nodes();
  }
}
