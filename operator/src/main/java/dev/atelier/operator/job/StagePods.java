package dev.atelier.operator.job;

import dev.atelier.api.PodSettings;
import dev.atelier.stage.PodVariable;
import dev.atelier.stage.Stage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pod of a stage, fit for namespaces that enforce the restricted Pod Security Standard. */
public final class StagePods {

  private static final long USER = 10001;
  private static final long GRACE_SECONDS = 120;
  private static final int PORT = 8080;

  /** Name of the port of progress, metrics and health. */
  public static final String HTTP = "http";

  private StagePods() {}

  /** The pod of a request's stage, whose file lies in the ConfigMap of its Job's name. */
  static PodSpec spec(StageRequest request) {
    return spec(request, request.key().jobName());
  }

  /**
   * The pod of a request's stage, which runs once.
   *
   * @param stageFile name of the ConfigMap with its stage file
   */
  public static PodSpec spec(StageRequest request, String stageFile) {
    var pod = request.runtime().pod();
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withServiceAccountName(named(pod.serviceAccountName()))
        .withPriorityClassName(named(pod.priorityClassName()))
        .withRuntimeClassName(request.gpus() > 0 ? named(pod.runtimeClassName()) : null)
        .withNodeSelector(pod.nodeSelector())
        .withTolerations(pod.tolerations())
        .withImagePullSecrets(pullSecrets(pod))
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(request))
        .withVolumes(volumes(request, stageFile))
        .build();
  }

  private static Container container(StageRequest request) {
    return new ContainerBuilder()
        .withName(StageManifests.CONTAINER)
        .withImage(request.image())
        .addNewPort()
        .withName(HTTP)
        .withContainerPort(PORT)
        .withProtocol("TCP")
        .endPort()
        .addNewEnv()
        .withName(PodVariable.POD_IP.variable())
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath("status.podIP")
        .endFieldRef()
        .endValueFrom()
        .endEnv()
        .addAllToEnv(request.nodes() > 1 ? JobSetManifests.rendezvous(request) : List.of())
        .withResources(resources(request))
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withTerminationMessagePath("/dev/termination-log")
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(mounts(request))
        .build();
  }

  /** Stages without a GPU do not claim what the platform team sized for those with one. */
  private static ResourceRequirements resources(StageRequest request) {
    var asked = request.runtime().pod().resources();
    boolean computes = request.key().stage() != Stage.INTAKE;
    if (request.key().stage() == Stage.ERASE) {
      return requests("100m", "256Mi");
    }
    if (asked == null || !computes) {
      return withGpus(requests("1", "2Gi"), request);
    }
    return withGpus(asked, request);
  }

  private static ResourceRequirements requests(String cpu, String memory) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", new Quantity(memory))
        .build();
  }

  private static ResourceRequirements withGpus(ResourceRequirements base, StageRequest request) {
    if (request.gpus() == 0) {
      return base;
    }
    var gpus =
        Map.of(
            request.runtime().gpu().resourceName(), new Quantity(Integer.toString(request.gpus())));
    return new ResourceRequirementsBuilder(base)
        .withRequests(merged(base.getRequests(), gpus))
        .withLimits(merged(base.getLimits(), gpus))
        .build();
  }

  private static Map<String, Quantity> merged(
      @Nullable Map<String, Quantity> base, Map<String, Quantity> more) {
    var all = new TreeMap<>(Objects.requireNonNullElse(base, Map.of()));
    all.putAll(more);
    return all;
  }

  private static List<Volume> volumes(StageRequest request, String stageFile) {
    var all = new ArrayList<Volume>();
    all.add(
        new VolumeBuilder()
            .withName("stage")
            .withNewConfigMap()
            .withName(stageFile)
            .endConfigMap()
            .build());
    all.add(empty("scratch", "50Gi"));
    all.add(empty("tmp", "1Gi"));
    all.addAll(request.mounts().volumes());
    return all;
  }

  private static List<VolumeMount> mounts(StageRequest request) {
    var all = new ArrayList<VolumeMount>();
    all.add(
        new VolumeMountBuilder()
            .withName("stage")
            .withMountPath("/etc/atelier")
            .withReadOnly(true)
            .build());
    all.add(new VolumeMountBuilder().withName("scratch").withMountPath("/scratch").build());
    all.add(new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
    all.addAll(request.mounts().volumeMounts());
    return all;
  }

  private static Volume empty(String name, String limit) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withSizeLimit(new Quantity(limit))
        .endEmptyDir()
        .build();
  }

  private static List<LocalObjectReference> pullSecrets(PodSettings pod) {
    return pod.imagePullSecrets().stream()
        .map(secret -> new LocalObjectReference(secret.name()))
        .toList();
  }

  /** Empty strings would fight with the server's defaults. */
  private static @Nullable String named(String name) {
    return name.isEmpty() ? null : name;
  }
}
