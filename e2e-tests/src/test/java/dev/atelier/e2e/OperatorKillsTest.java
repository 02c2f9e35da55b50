package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Kills the operator's process again and again at random moments, on a real API server with the
 * real Job controller, while models come and their pods end. Run by {@code
 * e2e-tests/operator-kills}.
 */
@OnKubernetes
@EnabledIfSystemProperty(named = "atelier.kills", matches = "[1-9][0-9]*")
final class OperatorKillsTest {

  private static final int KILLS = Integer.getInteger("atelier.kills", 0);
  private static final long SEED = Long.getLong("atelier.kills.seed", 1L);
  private static final int FAILOVERS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String NAMESPACE = "kills";
  private static final String OPERATOR = "operator-kills";
  private static final Map<String, String> SETTINGS = Map.of("ATELIER_NAMESPACES", NAMESPACE);

  /** Of a model whose pods all end well. */
  private static final List<String> STAGES = List.of("intake", "train", "evaluate");

  private final Random random = new Random(SEED);
  private final TestCluster cluster;
  private final KubernetesClient admin;
  private final Story story;

  OperatorKillsTest(TestCluster cluster) {
    this.cluster = cluster;
    admin = cluster.client("admin");
    story = new Story(admin, NAMESPACE);
  }

  @Test
  void howeverOftenItIsKilledNothingIsStartedTwice() throws IOException {
    story.createNamespace();
    story.apply(Portraits.runtime("anywhere", yaml -> yaml));
    var began = Instant.now();
    try (var node = PlayedNode.start(cluster, NAMESPACE)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        killedOnce(kill);
      }
      try (var operator = OperatorProcess.start(cluster, OPERATOR, SETTINGS)) {
        await("every model").atMost(PATIENCE).until(this::allReady);
      }
    }
    var killing = Duration.between(began, Instant.now());
    var failovers = failovers();
    report(killing, failovers);
    assertThat(twice()).as("children made twice").isEmpty();
    assertThat(jobs()).as("one Job for each stage of each model").hasSize(KILLS * STAGES.size());
    assertThat(failovers).allMatch(time -> time.toSeconds() <= 20);
    admin.close();
  }

  /** One life: it ends while the operator starts, or in the middle of its work. */
  private void killedOnce(int kill) {
    try (var operator = OperatorProcess.start(cluster, OPERATOR, SETTINGS)) {
      story.apply(model("m-%05d".formatted(kill)));
      if (random.nextInt(5) > 0) {
        await("its first work")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> operator.reconciled("HeadshotModel") > 0);
      }
      rest(Duration.ofMillis(random.nextInt(600)));
      operator.kill();
    }
  }

  /** From the death of the replica that leads to the first write of the one that stood by. */
  private List<Duration> failovers() {
    var times = new ArrayList<Duration>();
    for (int turn = 1; turn <= FAILOVERS; turn++) {
      var settings =
          Map.of(
              "ATELIER_NAMESPACES", NAMESPACE,
              "ATELIER_LEADER_ELECTION", "true",
              "POD_NAMESPACE", NAMESPACE);
      var heir = "heir-" + turn;
      try (var leader = OperatorProcess.start(cluster, "leader-" + turn, settings)) {
        await("a leader").atMost(PATIENCE).until(() -> leader.reconciled("HeadshotModel") > 0);
        try (var standby = OperatorProcess.start(cluster, heir, settings)) {
          await("a standby").atMost(PATIENCE).until(() -> !standby.metrics().isEmpty());
          story.apply(model("left-%04d".formatted(turn)));
          leader.kill();
          var killed = Instant.now();
          story.apply(model("late-%04d".formatted(turn)));
          await("the heir's work")
              .atMost(PATIENCE)
              .until(() -> !cluster.audit().writes(heir).isEmpty());
          times.add(Duration.between(killed, cluster.audit().writes(heir).get(0).received()));
        }
      }
    }
    return times;
  }

  private void report(Duration killing, List<Duration> failovers) throws IOException {
    var table =
        """
        | %d kills of the operator at random moments (seed %d) | |
        |---|---|
        | models, Jobs | %d, %d |
        | children made twice | %d |
        | time | %d s |
        | leader failover, kill to first write of the other: longest of %d | %.1f s |
        """
            .formatted(
                KILLS,
                SEED,
                KILLS,
                jobs().size(),
                twice().size(),
                killing.toSeconds(),
                failovers.size(),
                failovers.stream().max(Comparator.naturalOrder()).orElseThrow().toMillis()
                    / 1000.0);
    Files.writeString(Path.of("target/operator-kills.md"), table);
    System.out.println(table);
  }

  private boolean allReady() {
    return story.list("HeadshotModel").stream()
        .<JsonNode>map(model -> Serialization.jsonMapper().valueToTree(model))
        .allMatch(model -> Story.condition(model, "Ready", "status").equals("True"));
  }

  /** What the operator created more than once. */
  private List<String> twice() {
    return ScaleFigures.createdTwice(cluster.audit().writes(OPERATOR));
  }

  private List<Job> jobs() {
    return admin.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(job -> job.getMetadata().getName().startsWith("m-"))
        .toList();
  }

  private static void rest(Duration time) {
    await().pollDelay(time).atMost(PATIENCE).until(() -> true);
  }

  private static String model(String name) {
    return Portraits.model(name, 5)
        .replace("namespace: default", "namespace: " + NAMESPACE)
        .replace("{name: tiny-portrait}", "{name: anywhere}");
  }
}
