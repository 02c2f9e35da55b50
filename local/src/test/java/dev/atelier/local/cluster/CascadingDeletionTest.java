package dev.atelier.local.cluster;

import static dev.atelier.local.cluster.ConfigMaps.childOf;
import static dev.atelier.local.cluster.ConfigMaps.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a deletion takes along. */
class CascadingDeletionTest {
  @AutoClose
  private final EmbeddedCluster cluster =
      EmbeddedCluster.start(ResourceAdmission.always(), Clock.systemUTC());

  private final KubernetesClient client = cluster.client();

  @Test
  void childrenGoWithTheirLastOwner() {
    ConfigMap one = client.resource(map("one", Map.of())).create();
    ConfigMap two = client.resource(map("two", Map.of())).create();
    ConfigMap child = map("child", Map.of());
    child.addOwnerReference(one);
    child.addOwnerReference(two);
    client.resource(child).create();
    childOf(client, child(), "grandchild");
    client.resource(one).delete();
    await().until(() -> child().getMetadata().getOwnerReferences().size() == 1);
    client.resource(two).delete();
    await().until(() -> client.configMaps().inNamespace("default").list().getItems().isEmpty());
  }

  @Test
  void orphanDeletionKeepsTheChildren() {
    ConfigMap owner = client.resource(map("owner", Map.of())).create();
    childOf(client, owner, "child");
    client.resource(owner).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
    await().until(() -> client.resource(owner).get() == null);
    assertThat(child().getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  void foregroundDeletionWaitsForTheChildren() {
    ConfigMap owner = client.resource(map("owner", Map.of())).create();
    ConfigMap child = map("child", Map.of());
    child.addOwnerReference(owner);
    child.getMetadata().getOwnerReferences().get(0).setBlockOwnerDeletion(true);
    child.getMetadata().setFinalizers(List.of("test.atelier.dev/hold"));
    client.resource(child).create();
    client.resource(owner).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    await().until(() -> child().getMetadata().getDeletionTimestamp() != null);
    assertThat(client.resource(owner).get().getMetadata().getDeletionTimestamp()).isNotNull();
    client
        .resource(child())
        .edit(
            c -> {
              c.getMetadata().setFinalizers(List.of());
              return c;
            });
    await().until(() -> client.configMaps().inNamespace("default").list().getItems().isEmpty());
  }

  private ConfigMap child() {
    return client.configMaps().inNamespace("default").withName("child").require();
  }
}
