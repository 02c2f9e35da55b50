package dev.atelier.local.cluster;

import static dev.atelier.local.cluster.ConfigMaps.childOf;
import static dev.atelier.local.cluster.ConfigMaps.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API keeps of an object, and how it is found, watched and saved. */
class StoredObjectsTest {
  @AutoClose
  private final EmbeddedCluster cluster =
      EmbeddedCluster.start(ResourceAdmission.always(), Clock.systemUTC());

  private final KubernetesClient client = cluster.client();

  @Test
  void theGenerationCountsOnlyChangesOfTheSpecAndStatusHasItsOwnPath() {
    client.load(getClass().getResourceAsStream("/cluster/easels.yaml")).create();
    Easel easel = Easel.named("oak", "red");
    easel.setStatus(new Easel.Status("smuggled"));
    Easel created = client.resource(easel).create();
    assertThat(created.getStatus()).isNull();
    created.setStatus(new Easel.Status("red"));
    created.setSpec(new Easel.Spec("ignored"));
    Easel updated = client.resource(created).updateStatus();
    assertThat(updated.getStatus().colour()).isEqualTo("red");
    assertThat(updated.getSpec().colour()).isEqualTo("red");
    assertThat(updated.getMetadata().getGeneration()).isEqualTo(1);
    updated.setSpec(new Easel.Spec("blue"));
    updated.setStatus(new Easel.Status("ignored"));
    Easel changed = client.resource(updated).update();
    assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(changed.getStatus().colour()).isEqualTo("red");
  }

  @Test
  void selectorsIncludeSetsAndFields() {
    for (String name : List.of("a", "b", "c")) {
      ConfigMap map = map(name, Map.of());
      map.getMetadata().setLabels(Map.of("stage", name));
      client.resource(map).create();
    }
    var maps = client.configMaps().inNamespace("default");
    assertThat(maps.withLabelIn("stage", "a", "b").list().getItems()).hasSize(2);
    assertThat(maps.withLabelNotIn("stage", "a", "b").list().getItems()).hasSize(1);
    assertThat(maps.withoutLabel("stage").list().getItems()).isEmpty();
    assertThat(maps.withLabel("stage", "c").list().getItems()).hasSize(1);
    assertThat(maps.withField("metadata.name", "b").list().getItems()).hasSize(1);
  }

  @Test
  void aWatchSeesEveryChangeOfItsSelectionInOrder() {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (var watch =
        client.configMaps().inNamespace("default").withLabel("in").watch(record(seen))) {
      assertThat(watch).isNotNull();
      ConfigMap map = map("m", Map.of());
      client.resource(map).create();
      map.getMetadata().setLabels(Map.of("in", "yes"));
      client.resource(map).update();
      map.setData(Map.of("a", "1"));
      client.resource(map).update();
      map.getMetadata().setLabels(Map.of());
      client.resource(map).update();
      client.resource(map).delete();
      await().until(() -> seen.size() >= 3);
    }
    assertThat(seen).containsExactly("ADDED m", "MODIFIED m", "DELETED m");
  }

  @Test
  void objectsSurviveAStopWithTheirIdentity(@TempDir Path folder) throws Exception {
    ConfigMap owner = client.resource(map("owner", Map.of("a", "1"))).create();
    childOf(client, owner, "child");
    client.load(getClass().getResourceAsStream("/cluster/easels.yaml")).create();
    client.resource(Easel.named("oak", "red")).create();
    cluster.export(folder.resolve("objects"));
    try (var next = EmbeddedCluster.start(ResourceAdmission.always(), Clock.systemUTC())) {
      next.restore(folder.resolve("objects"));
      var maps = next.client().configMaps().inNamespace("default");
      assertThat(maps.withName("owner").require()).isEqualTo(owner);
      assertThat(next.client().resources(Easel.class).inAnyNamespace().list().getItems())
          .hasSize(1);
      maps.withName("owner").delete();
      await().until(() -> maps.list().getItems().isEmpty());
    }
  }

  private static Watcher<ConfigMap> record(List<String> seen) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, ConfigMap map) {
        seen.add(action + " " + map.getMetadata().getName());
      }

      @Override
      public void onClose(WatcherException cause) {}
    };
  }
}
