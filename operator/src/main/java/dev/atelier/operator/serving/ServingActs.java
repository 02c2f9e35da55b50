package dev.atelier.operator.serving;

import dev.atelier.operator.job.Children;
import dev.atelier.operator.job.Labels;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.serving.ServingDecision.Remove;
import dev.atelier.operator.serving.ServingDecision.Scale;
import dev.atelier.operator.serving.ServingDecision.Serve;
import dev.atelier.operator.serving.ServingDecision.Tidy;
import dev.atelier.operator.shared.Refusal;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;

/** Does what was decided about what serves a model. */
record ServingActs(KubernetesClient client, Owner owner, ServingSeen seen, boolean fenced) {

  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(Labels.ATELIER)
          .build();

  void act(ServingDecision decision, Children children) {
    if (decision instanceof Serve serve) {
      serve(serve.children(), children);
    } else if (decision instanceof Scale scale) {
      scale(scale.replicas());
    } else if (decision instanceof Remove) {
      remove();
    } else if (decision instanceof Tidy && fenced) {
      client
          .network()
          .v1()
          .networkPolicies()
          .inNamespace(owner.namespace())
          .withName(name())
          .delete();
    }
  }

  /** Deletes the Deployment; it stays visible until its pods have given their requests back. */
  void stop() {
    seen.deployment()
        .filter(there -> !ServingSeen.deleted(there))
        .ifPresent(
            there ->
                client
                    .apps()
                    .deployments()
                    .inNamespace(owner.namespace())
                    .withName(there.getMetadata().getName())
                    .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                    .delete());
  }

  /** The stage file first: a pod without it would wait; the policy before there is a pod. */
  private void serve(ServingChildren wanted, Children children) {
    refuseForeignService();
    children.take(wanted.stageFile());
    wanted.policy().ifPresent(children::take);
    children.take(wanted.deployment());
    children.take(wanted.service());
    seen.stageFile()
        .filter(old -> !old.equals(wanted.stageFile().getMetadata().getName()))
        .ifPresent(this::discardFile);
  }

  /** Applying by force would turn somebody else's Service to these pods. */
  private void refuseForeignService() {
    var there =
        seen.service().isPresent()
            ? seen.service()
            : Optional.ofNullable(
                client.services().inNamespace(owner.namespace()).withName(name()).get());
    if (there.filter(found -> !ServingSeen.owned(found, owner)).isPresent()) {
      throw new Refusal(
          "Service %s is there already and belongs to somebody else; delete it, or give the VideoGenerator another name"
              .formatted(name()));
    }
  }

  private void scale(int replicas) {
    client
        .apps()
        .deployments()
        .inNamespace(owner.namespace())
        .withName(name())
        .patch(MERGE, "{\"spec\":{\"replicas\":%d}}".formatted(replicas));
  }

  /** The policy stays as long as there are pods. */
  private void remove() {
    if (!seen.leaving()) {
      seen.stageFile().ifPresent(this::discardFile);
    }
    stop();
    seen.service()
        .filter(there -> !ServingSeen.deleted(there))
        .ifPresent(
            there -> client.services().inNamespace(owner.namespace()).withName(name()).delete());
  }

  private void discardFile(String name) {
    client.configMaps().inNamespace(owner.namespace()).withName(name).delete();
  }

  private String name() {
    return ServingManifests.name(owner);
  }
}
