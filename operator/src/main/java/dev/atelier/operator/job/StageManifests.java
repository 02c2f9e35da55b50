package dev.atelier.operator.job;

import dev.atelier.stage.ExitCode;
import dev.atelier.stage.StageFile;
import dev.atelier.stage.StageJson;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.util.List;
import java.util.Map;

/** The Job, or JobSet, and ConfigMap of a stage; {@code spec.suspend} is left to Kueue. */
public final class StageManifests {

  /** Name of the container that runs the stage. */
  public static final String CONTAINER = "runtime";

  /** Key of the ConfigMap under which the stage file lies. */
  public static final String STAGE_FILE = "stage.yaml";

  private StageManifests() {}

  /** The children of a stage. */
  public static StageChildren of(StageRequest request) {
    return new StageChildren(
        stageFile(request, request.key().prefix(), metadata(request)),
        work(request),
        request.mounts().stores());
  }

  /**
   * The stage file of a pod.
   *
   * @param prefix where it writes, below the store's root
   */
  public static ConfigMap stageFile(StageRequest request, String prefix, ObjectMeta metadata) {
    var key = request.key();
    var file =
        new StageFile(
            StageFile.CONTRACT,
            key.owner().reference(),
            new StageFile.RunRef(key.runId(), key.attempt()),
            new StageFile.DeviceInput(request.gpus(), request.runtime().precision().name()),
            request.storage(),
            prefix,
            request.input());
    return new ConfigMapBuilder()
        .withMetadata(metadata)
        .withImmutable(true)
        .withData(Map.of(STAGE_FILE, StageJson.write(file)))
        .build();
  }

  private static HasMetadata work(StageRequest request) {
    return request.nodes() > 1 ? JobSetManifests.of(request, metadata(request)) : job(request);
  }

  private static Job job(StageRequest request) {
    boolean indexed = request.shards() > 1;
    return new JobBuilder()
        .withMetadata(metadata(request))
        .withNewSpec()
        .withParallelism(request.shards())
        .withCompletions(request.shards())
        .withCompletionMode(indexed ? "Indexed" : "NonIndexed")
        // Of shards each has its own retries, and the others go on when it gives up.
        .withBackoffLimit(indexed ? null : request.limits().retries())
        .withBackoffLimitPerIndex(indexed ? request.limits().retries() : null)
        .withActiveDeadlineSeconds(request.deadlineSeconds())
        .withPodReplacementPolicy("Failed")
        .withPodFailurePolicy(failurePolicy(indexed ? "FailIndex" : "FailJob"))
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Labels.of(request.key()))
        .endMetadata()
        .withSpec(StagePods.spec(request))
        .endTemplate()
        .endSpec()
        .build();
  }

  /** What the exit codes of the contract mean to the Job controller. */
  private static PodFailurePolicy failurePolicy(String giveUp) {
    return new PodFailurePolicyBuilder()
        .withRules(
            PodFailureRules.onExit(
                giveUp, ExitCode.BAD_INPUT, ExitCode.OUT_OF_MEMORY, ExitCode.DIVERGED),
            PodFailureRules.onExit("Ignore", ExitCode.CHECKPOINTED),
            PodFailureRules.onDisruption("Ignore"))
        .build();
  }

  private static ObjectMeta metadata(StageRequest request) {
    var owner = request.key().owner();
    return new ObjectMetaBuilder()
        .withName(request.key().jobName())
        .withNamespace(owner.namespace())
        .withLabels(Labels.of(request.key()))
        .withOwnerReferences(request.owned() ? List.of(owner.ownerReference()) : List.of())
        .build();
  }
}
