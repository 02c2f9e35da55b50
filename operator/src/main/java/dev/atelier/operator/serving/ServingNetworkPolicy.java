package dev.atelier.operator.serving;

import dev.atelier.operator.job.Isolation;
import dev.atelier.operator.job.Labels;
import dev.atelier.operator.job.StageNetworkPolicy;
import dev.atelier.operator.job.StageRequest;
import dev.atelier.operator.job.StoreEgress;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;

/**
 * Fences the pods that serve: pods of their namespace may ask, the operator and those who scrape
 * reach the progress, and they reach their object stores and the DNS. Policies add up: another one
 * lets a gateway of another namespace in.
 */
final class ServingNetworkPolicy {

  private ServingNetworkPolicy() {}

  static NetworkPolicy of(ObjectMeta metadata, StageRequest request, Isolation isolation) {
    return new NetworkPolicyBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(Labels.servingSelector(request.key().owner()))
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .withIngress(requests(), StageNetworkPolicy.progress(isolation))
        .withEgress(StoreEgress.of(request.mounts().stores()))
        .endSpec()
        .build();
  }

  private static NetworkPolicyIngressRule requests() {
    return new NetworkPolicyIngressRuleBuilder()
        .addNewPort()
        .withProtocol("TCP")
        .withPort(new IntOrString(ServingPods.API_PORT))
        .endPort()
        .addNewFrom()
        .withNewPodSelector()
        .endPodSelector()
        .endFrom()
        .build();
  }
}
