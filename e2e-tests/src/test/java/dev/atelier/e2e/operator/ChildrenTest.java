package dev.atelier.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.local.cluster.EmbeddedCluster;
import dev.atelier.local.cluster.ResourceAdmission;
import dev.atelier.operator.KubernetesClients;
import dev.atelier.operator.job.Children;
import dev.atelier.operator.job.StageChildren;
import dev.atelier.operator.shared.Refusal;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stage's children where some of them are there already: the cache may not know them yet. */
final class ChildrenTest {

  private static final Path MANIFESTS =
      Path.of("../operator/src/test/resources/manifests/headshot/intake-from-a-claim");

  private final RecordedCalls calls = new RecordedCalls();
  private EmbeddedCluster cluster;
  private KubernetesClient user;
  private KubernetesClient client;
  private StageChildren stage;

  @BeforeEach
  void start() {
    cluster = EmbeddedCluster.start(ResourceAdmission.always(), Clock.systemUTC());
    user = KubernetesClients.tolerant(cluster.config());
    user.resource(new NamespaceBuilder().withNewMetadata().withName("studio").endMetadata().build())
        .create();
    client = KubernetesClients.lean(cluster.config(), Map.of("calls", calls));
    stage =
        new StageChildren(
            read("out-configmap.yaml", ConfigMap.class),
            read("out-job.yaml", Job.class),
            List.of());
  }

  @AfterEach
  void close() {
    client.close();
    user.close();
    cluster.close();
  }

  @Test
  void whatIsNewIsCreated() {
    apply();

    assertThat(calls.writes())
        .containsExactly("create configmaps ana-intake-r1-53fb", "create jobs ana-intake-r1-53fb");
  }

  @Test
  void theLabelsOfAStageFileAreSetRight() {
    var before = read("out-configmap.yaml", ConfigMap.class);
    before.getMetadata().setLabels(Map.of("atelier.dev/run", "by hand"));
    user.resource(before).create();

    apply();

    assertThat(user.resource(before).get().getMetadata().getLabels())
        .isEqualTo(stage.stageFile().getMetadata().getLabels());
  }

  @Test
  void aJobThatTheWatchHasNotToldOfIsLeftAlone() {
    apply();
    var job = user.resource(stage.work()).get();
    calls.forget();

    apply();

    assertThat(user.resource(stage.work()).get().getMetadata().getResourceVersion())
        .isEqualTo(job.getMetadata().getResourceVersion());
    assertThat(calls.writes()).doesNotContain("patch jobs ana-intake-r1-53fb");
  }

  @Test
  void aJobOfSomebodyElseIsNeitherTakenNorWaitedForInSilence() {
    var other = read("out-job.yaml", Job.class);
    other.getMetadata().setLabels(Map.of("app", "other"));
    user.resource(other).create();

    assertThatThrownBy(this::apply)
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Job 'ana-intake-r1-53fb' is there already and not of this resource, by its labels;"
                + " delete it");
    assertThat(user.resource(stage.work()).get().getMetadata().getLabels())
        .isEqualTo(Map.of("app", "other"));
  }

  private void apply() {
    new Children(client, Optional.empty()).apply(stage);
  }

  /** Without the owner, which is not there: a garbage collector would take them. */
  private static <T extends HasMetadata> T read(String file, Class<T> type) {
    try {
      var child = Serialization.unmarshal(Files.readString(MANIFESTS.resolve(file)), type);
      child.getMetadata().setOwnerReferences(List.of());
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
