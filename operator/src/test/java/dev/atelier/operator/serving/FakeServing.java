package dev.atelier.operator.serving;

import dev.atelier.operator.job.Owner;
import dev.atelier.operator.serving.ServingDecision.Remove;
import dev.atelier.operator.serving.ServingDecision.Scale;
import dev.atelier.operator.serving.ServingDecision.Serve;
import dev.atelier.operator.serving.ServingDecision.Tidy;
import dev.atelier.stage.ServeInput;
import dev.atelier.stage.StageJson;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A Deployment with its Service and files, whose pods do as the story wants. No cluster. */
final class FakeServing {

  boolean supported = true;
  boolean policy;
  Optional<Deployment> deployment = Optional.empty();
  Optional<Service> service = Optional.empty();
  Optional<ConfigMap> stageFile = Optional.empty();
  private List<Pod> pods = new ArrayList<>();

  /** What caches would say of it. */
  ServingSeen seen(List<Event> events, Owner owner) {
    return new ServingSeen(supported, deployment, service, pods, events).of(owner);
  }

  /** Kubernetes makes the pods that the Deployment asks for, all of them ready. */
  void roll() {
    pods = new ArrayList<>();
    int wanted = ServingSeen.replicas(deployment.orElseThrow());
    for (int i = 0; i < wanted; i++) {
      pod(
          new PodStatusBuilder()
              .withPhase("Running")
              .addNewCondition()
              .withType("Ready")
              .withStatus("True")
              .endCondition()
              .build());
    }
    count(wanted);
  }

  /** Kubernetes makes one pod that is not ready. */
  void pod(PodStatus status) {
    pods.add(
        new PodBuilder()
            .withNewMetadata()
            .withName("clips-serve-" + pods.size())
            .withNamespace("studio")
            .withUid("serving-" + pods.size())
            .endMetadata()
            .withStatus(status)
            .build());
  }

  /** The pods that were told to stop are gone, and the Deployment after them. */
  void podsEnd() {
    pods = new ArrayList<>();
    deployment = deployment.filter(one -> one.getMetadata().getDeletionTimestamp() == null);
  }

  /** The Deployment's controller saw the newest spec and counts so many ready pods. */
  void count(int ready) {
    controller(
        found ->
            new DeploymentBuilder(found)
                .editOrNewStatus()
                .withObservedGeneration(found.getMetadata().getGeneration())
                .withReplicas(ready)
                .withUpdatedReplicas(ready)
                .withReadyReplicas(ready)
                .endStatus()
                .build());
  }

  void controller(UnaryOperator<Deployment> change) {
    deployment = deployment.map(change);
  }

  /** What the pods are told to do. */
  ServeInput input() {
    try {
      var text = stageFile.orElseThrow().getData().get("stage.yaml");
      return (ServeInput) StageJson.read(text).stage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was decided happens. */
  void act(ServingDecision next, Instant now) {
    if (next instanceof Serve serve) {
      var before = deployment;
      stageFile = Optional.of(serve.children().stageFile());
      policy = serve.children().policy().isPresent();
      service = Optional.of(serve.children().service());
      deployment =
          Optional.of(
              new DeploymentBuilder(serve.children().deployment())
                  .editMetadata()
                  .withGeneration(
                      before.map(one -> one.getMetadata().getGeneration()).orElse(0L) + 1)
                  .endMetadata()
                  .withStatus(before.map(Deployment::getStatus).orElse(null))
                  .build());
    } else if (next instanceof Scale scale) {
      controller(
          one ->
              new DeploymentBuilder(one)
                  .editSpec()
                  .withReplicas(scale.replicas())
                  .endSpec()
                  .build());
    } else if (next instanceof Remove) {
      stop(now);
      service = Optional.empty();
      stageFile = Optional.empty();
    } else if (next instanceof Tidy) {
      policy = false;
    }
  }

  /** Foreground deletion, by the operator. */
  void stop(Instant now) {
    deployment = deployment.map(one -> told(one, now));
  }

  /** Told to stop; foreground deletion keeps it until its pods are gone. */
  private static Deployment told(Deployment one, Instant now) {
    one.getMetadata()
        .setDeletionTimestamp(
            Objects.requireNonNullElse(one.getMetadata().getDeletionTimestamp(), now.toString()));
    return one;
  }
}
