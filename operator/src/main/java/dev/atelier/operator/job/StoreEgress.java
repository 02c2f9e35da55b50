package dev.atelier.operator.job;

import static dev.atelier.operator.job.StageNetworkPolicy.ofNamespace;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The way to object stores, as far as a NetworkPolicy can say it: it knows addresses, namespaces
 * and ports, but no names.
 */
public final class StoreEgress {

  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d+(\\.\\d+){3}");

  /** The port of DNS, and the one that the DNS pods of OpenShift listen on behind it. */
  private static final List<Integer> DNS = List.of(53, 5353);

  private StoreEgress() {}

  /** Nothing for pods that write to claims only: the node mounts those. */
  public static List<NetworkPolicyEgressRule> of(List<URI> stores) {
    var rules = new ArrayList<NetworkPolicyEgressRule>();
    if (stores.stream().anyMatch(store -> !isAddress(store.getHost()))) {
      rules.add(dns());
    }
    stores.stream().flatMap(StoreEgress::to).distinct().forEach(rules::add);
    return List.copyOf(rules);
  }

  /** The same for pods that also reach others by name. */
  static List<NetworkPolicyEgressRule> of(List<URI> stores, NetworkPolicyPeer peer) {
    return Stream.concat(Stream.of(dns(), rule(peer)), of(stores).stream()).distinct().toList();
  }

  private static Stream<NetworkPolicyEgressRule> to(URI store) {
    var host = store.getHost();
    var labels = host.split("\\.");
    if (isAddress(host)) {
      return Stream.of(rule(address(host), port(store)));
    }
    if (labels.length == 1) {
      return Stream.of(rule(everyPodHere()));
    }
    // Two labels are a service and its namespace, or a name of the world outside.
    if (labels.length == 2) {
      return Stream.of(rule(ofNamespace(labels[1])), anywhere(port(store)));
    }
    return labels[2].equals("svc")
        ? Stream.of(rule(ofNamespace(labels[1])))
        : Stream.of(anywhere(port(store)));
  }

  /**
   * Of a service only the peer is said, not the port: policies are judged by the port of the pod
   * behind it, which may be another.
   */
  private static NetworkPolicyEgressRule rule(NetworkPolicyPeer peer, NetworkPolicyPort... ports) {
    return new NetworkPolicyEgressRuleBuilder().withTo(peer).withPorts(ports).build();
  }

  private static NetworkPolicyEgressRule anywhere(NetworkPolicyPort port) {
    return new NetworkPolicyEgressRuleBuilder().withPorts(port).build();
  }

  private static NetworkPolicyEgressRule dns() {
    return new NetworkPolicyEgressRuleBuilder()
        .withPorts(
            DNS.stream().flatMap(port -> Stream.of(port("UDP", port), port("TCP", port))).toList())
        .build();
  }

  private static NetworkPolicyPort port(URI store) {
    int standard = "http".equals(store.getScheme()) ? 80 : 443;
    return port("TCP", store.getPort() < 0 ? standard : store.getPort());
  }

  private static NetworkPolicyPort port(String protocol, int number) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(number))
        .build();
  }

  private static NetworkPolicyPeer everyPodHere() {
    return new NetworkPolicyPeerBuilder().withNewPodSelector().endPodSelector().build();
  }

  private static NetworkPolicyPeer address(String host) {
    var cidr = host.startsWith("[") ? host.substring(1, host.length() - 1) + "/128" : host + "/32";
    return new NetworkPolicyPeerBuilder().withNewIpBlock().withCidr(cidr).endIpBlock().build();
  }

  private static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }
}
