package dev.atelier.local.workstation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.local.cluster.EmbeddedCluster;
import dev.atelier.local.cluster.ResourceAdmission;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API exports can be read, forgotten and loaded again. */
class SavedResourcesTest {

  @TempDir Path folder;
  private StateDirectory state;

  @BeforeEach
  void aRunLeavesAnOwnerAndWhatItOwns() throws IOException {
    state = new StateDirectory(folder.resolve("state")).create();
    try (var cluster = EmbeddedCluster.start(ResourceAdmission.always(), Clock.systemUTC())) {
      var owner = create(cluster.client(), "owner", List.of());
      var child = create(cluster.client(), "child", List.of(owner));
      create(cluster.client(), "grandchild", List.of(child));
      create(cluster.client(), "stranger", List.of());
      cluster.export(state.resources());
    }
  }

  @Test
  void everythingIsReadBackAsItWas() {
    assertThat(new SavedResources(state).read())
        .filteredOn(resource -> resource.kind().equals("ConfigMap"))
        .extracting(Resource::name)
        .containsExactlyInAnyOrder("owner", "child", "grandchild", "stranger");
  }

  @Test
  void forgettingAnOwnerForgetsWhatItOwnsToo() throws IOException {
    var gone = new SavedResources(state).forget(resource -> resource.name().equals("owner"));

    assertThat(gone).extracting(Resource::name).contains("owner", "child", "grandchild");
    try (var cluster = EmbeddedCluster.start(ResourceAdmission.always(), Clock.systemUTC())) {
      cluster.restore(state.resources());
      assertThat(cluster.client().configMaps().inNamespace("default").list().getItems())
          .extracting(map -> map.getMetadata().getName())
          .containsExactly("stranger");
    }
  }

  @Test
  void aDamagedFileIsNamedWithWhatToDo() throws IOException {
    var file = state.resources().resolve("core/configmaps/default/owner.yaml");
    Files.writeString(file, "a: [b");

    assertThatThrownBy(() -> new SavedResources(state).read())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString())
        .extracting(error -> ((UserError) error).advice())
        .asString()
        .contains("Delete that file");
  }

  private static ConfigMap create(KubernetesClient client, String name, List<ConfigMap> owners) {
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .endMetadata()
            .withData(Map.of("key", "value"));
    for (var owner : owners) {
      map.editMetadata()
          .addNewOwnerReference()
          .withApiVersion("v1")
          .withKind("ConfigMap")
          .withName(owner.getMetadata().getName())
          .withUid(owner.getMetadata().getUid())
          .endOwnerReference()
          .endMetadata();
    }
    return client.resource(map.build()).create();
  }
}
