package dev.atelier.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {
  private final EmbeddedCluster cluster =
      EmbeddedCluster.start(
          (object, previous) ->
              object.at("/spec/colour").asText().equals("mauve")
                  ? new ResourceAdmission.Verdict(
                      object,
                      List.of(
                          new ResourceAdmission.FieldError(
                              "FieldValueInvalid",
                              "spec.colour",
                              "Invalid value: \"mauve\": use a colour of the palette")),
                      List.of())
                  : new ResourceAdmission.Verdict(object, List.of(), List.of()),
          Clock.systemUTC());
  private final KubernetesClient client = cluster.client();

  @AfterEach
  void close() {
    cluster.close();
  }

  private static ConfigMap map(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withData(data)
        .build();
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

  private static int codeOf(Runnable call) {
    try {
      call.run();
      return 200;
    } catch (KubernetesClientException e) {
      return e.getCode();
    }
  }

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

  private static PatchContext ssa(String manager) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(manager)
        .build();
  }

  private static io.fabric8.kubernetes.api.model.Pod pod(String env, String value) {
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

  @Test
  void aStaleUpdateConflicts() {
    ConfigMap first = client.resource(map("m", Map.of("a", "1"))).create();
    client.resource(map("m", Map.of("a", "2"))).update();
    first.setData(Map.of("a", "3"));
    assertThat(codeOf(() -> client.resource(first).update())).isEqualTo(409);
    assertThat(codeOf(() -> client.resource(map("m", Map.of())).create())).isEqualTo(409);
    assertThat(codeOf(() -> client.resource(map("none", Map.of())).update())).isEqualTo(404);
  }

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
  void admissionRefusesWithTheFieldAsTheServerDoes() {
    client.load(getClass().getResourceAsStream("/cluster/easels.yaml")).create();
    assertThatThrownBy(() -> client.resource(Easel.named("oak", "mauve")).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(422);
              assertThat(e.getStatus().getReason()).isEqualTo("Invalid");
              assertThat(e.getStatus().getMessage())
                  .isEqualTo(
                      "Easel.test.atelier.dev \"oak\" is invalid: spec.colour: Invalid value:"
                          + " \"mauve\": use a colour of the palette");
              assertThat(e.getStatus().getDetails().getCauses().get(0).getField())
                  .isEqualTo("spec.colour");
            });
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

  private ConfigMap childOf(HasMetadata owner, String name) {
    ConfigMap child = map(name, Map.of());
    child.addOwnerReference(owner);
    return client.resource(child).create();
  }

  @Test
  void childrenGoWithTheirLastOwner() {
    ConfigMap one = client.resource(map("one", Map.of())).create();
    ConfigMap two = client.resource(map("two", Map.of())).create();
    ConfigMap child = map("child", Map.of());
    child.addOwnerReference(one);
    child.addOwnerReference(two);
    client.resource(child).create();
    childOf(child(), "grandchild");
    client.resource(one).delete();
    await().until(() -> child().getMetadata().getOwnerReferences().size() == 1);
    client.resource(two).delete();
    await().until(() -> client.configMaps().inNamespace("default").list().getItems().isEmpty());
  }

  private ConfigMap child() {
    return client.configMaps().inNamespace("default").withName("child").require();
  }

  @Test
  void orphanDeletionKeepsTheChildren() {
    ConfigMap owner = client.resource(map("owner", Map.of())).create();
    childOf(owner, "child");
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

  @Test
  void withoutTheTokenNothingIsServed() {
    var config = new ConfigBuilder(cluster.config()).withOauthToken("guess").build();
    try (var stranger = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThat(codeOf(() -> stranger.pods().inAnyNamespace().list())).isEqualTo(401);
    }
  }

  @Test
  void objectsSurviveAStopWithTheirIdentity(@TempDir Path folder) throws Exception {
    ConfigMap owner = client.resource(map("owner", Map.of("a", "1"))).create();
    childOf(owner, "child");
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
}
