package dev.atelier.operator.job;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreEgressTest {

  private static final String DNS = "anywhere:UDP/53,TCP/53,UDP/5353,TCP/5353";

  @Test
  void podsOfClaimsOnlyTalkToNobody() {
    assertThat(StoreEgress.of(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://minio:9000, pods here:",
    "http://minio.storage.svc:9000, namespace storage:",
    "http://minio.storage.svc.cluster.local, namespace storage:",
    "https://s3.example.org, anywhere:TCP/443",
    "http://s3.example.org, anywhere:TCP/80",
    "https://s3.example.org:9443/path, anywhere:TCP/9443",
  })
  void aStoreWithANameIsReachedAsFarAsAPolicyCanTell(URI store, String rule) {
    assertThat(told(store)).containsExactly(DNS, rule);
  }

  @Test
  void twoLabelsAreAServiceOrTheWorldOutside() {
    assertThat(told(URI.create("http://minio.storage:9000")))
        .containsExactly(DNS, "namespace storage:", "anywhere:TCP/9000");
  }

  @ParameterizedTest
  @CsvSource({
    "http://198.51.100.20:9000, 198.51.100.20/32:TCP/9000",
    "https://[2001:db8::1]:9000, 2001:db8::1/128:TCP/9000",
  })
  void anAddressIsTheOnlyOneAndNeedsNoNames(URI store, String rule) {
    assertThat(told(store)).containsExactly(rule);
  }

  @Test
  void storesOfOnePlaceShareARule() {
    assertThat(told(URI.create("http://a.storage.svc"), URI.create("http://b.storage.svc:9000")))
        .containsExactly(DNS, "namespace storage:");
  }

  private static List<String> told(URI... stores) {
    return StoreEgress.of(List.of(stores)).stream().map(StoreEgressTest::told).toList();
  }

  private static String told(NetworkPolicyEgressRule rule) {
    return "%s:%s"
        .formatted(
            rule.getTo().stream().map(StoreEgressTest::told).findFirst().orElse("anywhere"),
            rule.getPorts().stream()
                .map(port -> port.getProtocol() + "/" + port.getPort().getIntVal())
                .collect(joining(",")));
  }

  private static String told(NetworkPolicyPeer peer) {
    if (peer.getIpBlock() != null) {
      return peer.getIpBlock().getCidr();
    }
    return peer.getNamespaceSelector() == null
        ? "pods here"
        : "namespace " + String.join("", peer.getNamespaceSelector().getMatchLabels().values());
  }
}
