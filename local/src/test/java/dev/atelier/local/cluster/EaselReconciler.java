package dev.atelier.local.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.dependent.GarbageCollected;
import io.javaoperatorsdk.operator.processing.dependent.Creator;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Workflow;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An ordinary operator with the SDK's defaults: a ConfigMap and a Job per Easel, and a cleaner. */
@ControllerConfiguration(name = "easel")
final class EaselReconciler implements Reconciler<Easel>, Cleaner<Easel> {
  final AtomicInteger reconciles = new AtomicInteger();
  final AtomicInteger cleanups = new AtomicInteger();
  private final Workflow<Easel> workflow =
      new WorkflowBuilder<Easel>()
          .addDependentResource(new Sketch())
          .addDependentResource(new Paint())
          .build();

  @Override
  public List<EventSource<?, Easel>> prepareEventSources(EventSourceContext<Easel> context) {
    return EventSourceUtils.eventSourcesFromWorkflow(context, workflow);
  }

  @Override
  public UpdateControl<Easel> reconcile(Easel easel, Context<Easel> context) {
    reconciles.incrementAndGet();
    workflow.reconcile(easel, context);
    var next = new Easel.Status(easel.getSpec().colour());
    if (next.equals(easel.getStatus())) {
      return UpdateControl.noUpdate();
    }
    Easel patch = new Easel();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(easel.getMetadata().getName())
            .withNamespace(easel.getMetadata().getNamespace())
            .build());
    patch.setStatus(next);
    return UpdateControl.patchStatus(patch);
  }

  @Override
  public DeleteControl cleanup(Easel easel, Context<Easel> context) {
    cleanups.incrementAndGet();
    return DeleteControl.defaultDelete();
  }

  private static ObjectMeta childOf(Easel easel) {
    return new ObjectMetaBuilder()
        .withName(easel.getMetadata().getName())
        .withNamespace(easel.getMetadata().getNamespace())
        .addToLabels("app.kubernetes.io/managed-by", "easel")
        .build();
  }

  static final class Sketch extends CRUDKubernetesDependentResource<ConfigMap, Easel> {
    Sketch() {
      super(ConfigMap.class);
    }

    @Override
    protected ConfigMap desired(Easel easel, Context<Easel> context) {
      return new ConfigMapBuilder()
          .withMetadata(childOf(easel))
          .addToData("colour", easel.getSpec().colour())
          .build();
    }
  }

  static final class Paint extends KubernetesDependentResource<Job, Easel>
      implements Creator<Job, Easel>, GarbageCollected<Easel> {
    Paint() {
      super(Job.class);
    }

    @Override
    protected Job desired(Easel easel, Context<Easel> context) {
      Container container =
          new ContainerBuilder()
              .withName("main")
              .withImage("paint:1")
              .addNewEnv()
              .withName("A")
              .withValue("1")
              .endEnv()
              .build();
      return new JobBuilder()
          .withMetadata(childOf(easel))
          .withNewSpec()
          .withBackoffLimit(3)
          .withNewTemplate()
          .withNewSpec()
          .withRestartPolicy("Never")
          .withContainers(container)
          .endSpec()
          .endTemplate()
          .endSpec()
          .build();
    }
  }
}
