package dev.atelier.local.cluster;

import static dev.atelier.local.cluster.ConfigMaps.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Fields have owners: several managers apply parts of one object. */
class ServerSideApplyTest {
  @AutoClose
  private final EmbeddedCluster cluster =
      EmbeddedCluster.start(ResourceAdmission.always(), Clock.systemUTC());

  private final KubernetesClient client = cluster.client();

  @Test
  void aFieldThatAManagerNoLongerAppliesIsDroppedAndTheOthersStay() {
    apply("one", false, map("m", Map.of("a", "1", "b", "2")));
    apply("two", false, map("m", Map.of("c", "3")));
    apply("one", false, map("m", Map.of("b", "2")));
    assertThat(client.resource(map("m", Map.of())).get().getData())
        .isEqualTo(Map.of("b", "2", "c", "3"));
  }

  @Test
  void aFieldThatTwoManagersApplyStaysUntilBothLetGo() {
    apply("one", false, map("m", Map.of("a", "1")));
    apply("two", false, map("m", Map.of("a", "1")));
    apply("one", false, map("m", Map.of("b", "1")));
    assertThat(apply("three", false, map("m", Map.of())).getData()).containsEntry("a", "1");
    apply("two", false, map("m", Map.of()));
    assertThat(client.resource(map("m", Map.of())).get().getData()).isEqualTo(Map.of("b", "1"));
  }

  @Test
  void applyingAnotherManagersFieldConflictsUnlessForced() {
    apply("one", false, map("m", Map.of("a", "1")));
    assertThatThrownBy(() -> apply("two", false, map("m", Map.of("a", "2"))))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("Apply failed with 1 conflict: conflict with \"one\": .data.a")
        .extracting(e -> ((KubernetesClientException) e).getCode())
        .isEqualTo(409);
    apply("two", true, map("m", Map.of("a", "2")));
    apply("one", false, map("m", Map.of("b", "2")));
    assertThat(client.resource(map("m", Map.of())).get().getData())
        .isEqualTo(Map.of("a", "2", "b", "2"));
  }

  @Test
  void applyingTheSameAgainWritesNothing() {
    String first =
        apply("one", false, map("m", Map.of("a", "1"))).getMetadata().getResourceVersion();
    String second =
        apply("one", false, map("m", Map.of("a", "1"))).getMetadata().getResourceVersion();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void environmentsOfTwoManagersMergeByName() {
    client.resource(pod("A", "1")).patch(ssa("one"));
    client.resource(pod("B", "2")).patch(ssa("two"));
    var env =
        client.pods().inNamespace("default").withName("p").require().getSpec().getContainers();
    assertThat(env).hasSize(1);
    assertThat(env.get(0).getEnv()).extracting("name").containsExactly("A", "B");
  }

  private ConfigMap apply(String manager, boolean force, ConfigMap map) {
    return client
        .resource(map)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(force)
                .build());
  }

  private static PatchContext ssa(String manager) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(manager)
        .build();
  }

  private static Pod pod(String env, String value) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .addNewEnv()
        .withName(env)
        .withValue(value)
        .endEnv()
        .endContainer()
        .endSpec()
        .build();
  }
}
