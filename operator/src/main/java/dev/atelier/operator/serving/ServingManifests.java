package dev.atelier.operator.serving;

import dev.atelier.api.LimitsSpec;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.job.ChildName;
import dev.atelier.operator.job.Digest;
import dev.atelier.operator.job.Isolation;
import dev.atelier.operator.job.Labels;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.operator.job.StageGpus;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageManifests;
import dev.atelier.operator.job.StageRequest;
import dev.atelier.stage.Stage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Objects;
import java.util.Optional;

/** What serves a model in the cluster, for one model at a time. */
final class ServingManifests {

  private static final String SUFFIX = "-serve";

  /** Large models are read over the network before the first request. */
  private static final int PROGRESS_SECONDS = 3600;

  private static final int HTTP = 80;

  private final Owner owner;
  private final ServingInputs inputs;
  private final RuntimeSpec runtime;
  private final String image;
  private final Optional<Isolation> isolation;

  /**
   * @param runtime whose base model and storage are used
   * @param image of the pods
   */
  ServingManifests(
      Owner owner,
      ServingInputs inputs,
      RuntimeSpec runtime,
      String image,
      Optional<Isolation> isolation) {
    this.owner = owner;
    this.inputs = inputs;
    this.runtime = runtime;
    this.image = image;
    this.isolation = isolation;
  }

  /** Name of the Deployment and the Service: the same for every model that a resource serves. */
  static String name(Owner owner) {
    return ChildName.of(ChildName.ofService(owner.name()), SUFFIX, ChildName.LENGTH);
  }

  /** Base address in the cluster, as OpenAI's clients want it. */
  static String url(Owner owner) {
    return "http://%s.%s.svc/v1".formatted(name(owner), owner.namespace());
  }

  /** The children. */
  ServingChildren of(ServedModel model, int replicas) {
    var mounts = new Mounts(runtime.storage());
    var storage = mounts.storage();
    var translated = new RuntimeInputs(inputs.spec().runtimeRef().name(), runtime, mounts);
    var request =
        new StageRequest(
            new StageKey(owner, Stage.SERVE, model.run(), 1),
            image,
            runtime,
            LimitsSpec.DEFAULT,
            inputs.of(model, translated, mounts, storage),
            storage,
            mounts,
            1,
            StageGpus.of(Stage.SERVE, runtime),
            0,
            true);
    var file = stageFile(request);
    return ServingDigest.signed(
        new ServingChildren(
            file,
            isolation.map(fence -> ServingNetworkPolicy.of(metadata(request), request, fence)),
            deployment(request, model, file.getMetadata().getName(), replicas),
            service(request)));
  }

  /** A changed file has another name: no pod starts with a file that is not meant for it. */
  private ConfigMap stageFile(StageRequest request) {
    var file = StageManifests.stageFile(request, owner.folder() + "/serving", metadata(request));
    var text = Objects.requireNonNull(file.getData().get(StageManifests.STAGE_FILE));
    return new ConfigMapBuilder(file)
        .editMetadata()
        .withName(name(owner) + "-" + Digest.brief(text))
        .endMetadata()
        .build();
  }

  /** Rolls out without a pod more than was asked for: there may be no GPU for it. */
  private Deployment deployment(
      StageRequest request, ServedModel model, String stageFile, int replicas) {
    return new DeploymentBuilder()
        .withMetadata(metadata(request))
        .editMetadata()
        .withAnnotations(model.annotations())
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withRevisionHistoryLimit(1)
        .withProgressDeadlineSeconds(PROGRESS_SECONDS)
        .withNewSelector()
        .withMatchLabels(Labels.servingSelector(owner))
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxSurge(new IntOrString(0))
        .withMaxUnavailable(new IntOrString(1))
        .endRollingUpdate()
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Labels.serving(request.key()))
        .endMetadata()
        .withSpec(ServingPods.spec(request, stageFile))
        .endTemplate()
        .endSpec()
        .build();
  }

  private Service service(StageRequest request) {
    return new ServiceBuilder()
        .withMetadata(metadata(request))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(Labels.servingSelector(owner))
        .addNewPort()
        .withName("http")
        .withProtocol("TCP")
        .withPort(HTTP)
        .withTargetPort(new IntOrString(ServingPods.API))
        .endPort()
        .endSpec()
        .build();
  }

  private ObjectMeta metadata(StageRequest request) {
    return new ObjectMetaBuilder()
        .withName(name(owner))
        .withNamespace(owner.namespace())
        .withLabels(Labels.serving(request.key()))
        .withOwnerReferences(owner.ownerReference())
        .build();
  }
}
