package dev.atelier.operator.job;

import dev.atelier.operator.jobset.JobSet;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.List;
import java.util.Map;

/**
 * Fences the pods of one stage: the operator may ask how far they are, they reach their object
 * stores and the DNS, those that train together reach each other, and nothing else goes in or out.
 */
public final class StageNetworkPolicy {

  /** What the chart labels the operator's pods with. */
  private static final String OPERATOR = "operator";

  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
  private static final String JOB_NAME = "batch.kubernetes.io/job-name";
  private static final int PROGRESS_PORT = 8080;

  private StageNetworkPolicy() {}

  /** The policy beside a stage's Job; it has the Job's name and owner. */
  public static NetworkPolicy of(StageChildren children, Isolation isolation) {
    var job = children.work().getMetadata();
    return new NetworkPolicyBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withName(job.getName())
                .withNamespace(job.getNamespace())
                .withLabels(job.getLabels())
                .withOwnerReferences(job.getOwnerReferences())
                .build())
        .withNewSpec()
        .withNewPodSelector()
        .addToMatchLabels(selector(children))
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .withIngress(ingress(children, isolation))
        .withEgress(egress(children))
        .endSpec()
        .build();
  }

  private static Map<String, String> selector(StageChildren children) {
    return Map.of(
        together(children) ? JobSet.NAME_LABEL : JOB_NAME, children.work().getMetadata().getName());
  }

  private static boolean together(StageChildren children) {
    return children.work() instanceof JobSet;
  }

  private static List<NetworkPolicyIngressRule> ingress(
      StageChildren children, Isolation isolation) {
    return together(children)
        ? List.of(
            progress(isolation),
            new NetworkPolicyIngressRuleBuilder().withFrom(peers(children)).build())
        : List.of(progress(isolation));
  }

  /** Pods that train together find each other by name and talk at ports of their own choice. */
  private static List<NetworkPolicyEgressRule> egress(StageChildren children) {
    return together(children)
        ? StoreEgress.of(children.stores(), peers(children))
        : StoreEgress.of(children.stores());
  }

  private static NetworkPolicyPeer peers(StageChildren children) {
    return new NetworkPolicyPeerBuilder()
        .withNewPodSelector()
        .addToMatchLabels(selector(children))
        .endPodSelector()
        .build();
  }

  /** The operator and those who scrape reach the port of progress and metrics. */
  public static NetworkPolicyIngressRule progress(Isolation isolation) {
    var rule =
        new NetworkPolicyIngressRuleBuilder()
            .addNewPort()
            .withProtocol("TCP")
            .withPort(new IntOrString(PROGRESS_PORT))
            .endPort()
            .addToFrom(
                new NetworkPolicyPeerBuilder(ofNamespace(isolation.operatorNamespace()))
                    .withNewPodSelector()
                    .addToMatchLabels(Labels.COMPONENT, OPERATOR)
                    .endPodSelector()
                    .build());
    isolation.scrapers().stream()
        .sorted()
        .map(StageNetworkPolicy::ofNamespace)
        .forEach(rule::addToFrom);
    return rule.build();
  }

  static NetworkPolicyPeer ofNamespace(String name) {
    return new NetworkPolicyPeerBuilder()
        .withNewNamespaceSelector()
        .addToMatchLabels(NAMESPACE_NAME, name)
        .endNamespaceSelector()
        .build();
  }
}
