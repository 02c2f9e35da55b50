package dev.atelier.runtime.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.runtime.store.S3StandIn;
import dev.atelier.runtime.store.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several replicas, of which any may be asked and any may die. */
class ReplicasTest {

  @TempDir private Path root;
  private final MovedClock clock = new MovedClock();
  private ArtifactStore store;
  private Replica first;
  private Replica second;

  @BeforeEach
  void twoReplicas() {
    store = new FileStore(root.resolve("artifacts"));
    first = new Replica(store, clock);
    second = new Replica(store, clock);
  }

  @AfterEach
  void theyEnd() {
    first.close();
    second.close();
  }

  @Test
  void oneAnswersForWhatTheOtherAcceptedAndDrew() {
    var id = first.ordered("a ball");

    assertThat(status(second, id)).isEqualTo("queued");
    assertThat(second.draw()).isTrue();
    assertThat(status(first, id)).isEqualTo("completed");
    assertThat(first.get("/v1/videos/" + id + "/content").text()).isEqualTo("video of a ball");
    assertThat(first.draw()).as("nothing is left").isFalse();
  }

  @Test
  void whatOneDrawsTheOtherLeavesAlone() {
    var id = first.ordered("a ball");
    first.model.atEachStep(
        step -> {
          assertThat(second.draw()).isFalse();
          assertThat(status(second, id)).isEqualTo("in_progress");
        });

    first.draw();

    assertThat(first.model.drawn()).containsExactly("a ball");
    assertThat(second.model.drawn()).isEmpty();
  }

  @Test
  void aKilledReplicasRequestIsTakenOverOnceNothingIsHeardOfIt() {
    var id = first.ordered("a ball");
    killedWhileItDraws();
    clock.move(Duration.ofSeconds(59));
    assertThat(second.draw()).isFalse();
    assertThat(status(second, id)).isEqualTo("in_progress");

    clock.move(Duration.ofSeconds(1));
    assertThat(status(second, id)).isEqualTo("queued");
    assertThat(second.draw()).isTrue();

    assertThat(status(first, id)).isEqualTo("completed");
  }

  @Test
  void aRequestThatKillsThreePodsIsNotTriedOnAFourth() {
    var id = first.ordered("a ball of a million pixels");
    for (int i = 0; i < 3; i++) {
      killedWhileItDraws();
      clock.move(Duration.ofSeconds(60));
    }

    assertThat(second.draw()).isFalse();

    assertThat(status(second, id)).isEqualTo("failed");
    assertThat(second.get("/v1/videos/" + id).error("code")).isEqualTo("pod_lost");
  }

  @Test
  void aReplicaWhoseGpuIsSpoiledEndsAndAnotherDrawsOn() {
    var poison = first.ordered(FakeModel.POISON);
    clock.move(Duration.ofSeconds(1));
    var other = first.ordered("a ball");

    for (int pods = 0; pods < 3; pods++) {
      assertThatThrownBy(first::draw)
          .as("the process ends, and the kubelet starts it again")
          .hasRootCauseMessage("CUDA error: an illegal memory access was encountered");
      assertThat(status(second, poison)).isEqualTo("in_progress");
      clock.move(Duration.ofMinutes(2));
    }

    assertThat(second.draw()).isTrue();
    assertThat(status(second, other)).isEqualTo("completed");
    var told = second.get("/v1/videos/" + poison);
    assertThat(told.error("code")).isEqualTo("pod_lost");
  }

  @Test
  void aReplicaThatIsAskedToStopGivesBackWhatItDrawsAndTakesNothingMore() {
    var id = first.ordered("a ball");
    first.model.atEachStep(step -> first.context.stop().stop("SIGTERM"));

    first.work();

    assertThat(first.model.drawn()).isEmpty();
    assertThat(status(second, id)).isEqualTo("queued");
    assertThat(first.get("/health").status()).isEqualTo(503);
    assertThat(first.post("/v1/videos", "{\"prompt\": \"a ball\"}").status()).isEqualTo(503);
    assertThat(first.get("/v1/videos/" + id).status()).as("it still answers").isEqualTo(200);
    assertThat(second.get("/health").status()).isEqualTo(200);
    assertThat(second.draw()).as("without waiting for the claim to go stale").isTrue();
    assertThat(status(second, id)).isEqualTo("completed");
  }

  @Test
  void stopsInGoodOrderNeverCountAsDeaths() {
    var id = first.ordered("a ball");
    for (int i = 0; i < 5; i++) {
      var replica = new Replica(store, clock);
      replica.model.atEachStep(step -> replica.context.stop().stop("SIGTERM"));
      replica.work();
      replica.close();
    }

    second.draw();

    assertThat(status(second, id)).isEqualTo("completed");
  }

  @Test
  void oneThatIsDeletedWhileItIsDrawnStopsAtTheNextStep() {
    var id = first.ordered("a ball");
    first.model.atEachStep(
        step -> {
          assertThat(step).isEqualTo(1);
          assertThat(first.delete("/v1/videos/" + id).status()).isEqualTo(200);
        });

    first.draw();

    assertThat(first.model.drawn()).isEmpty();
    assertThat(first.get("/v1/videos/" + id).status()).isEqualTo(404);
    assertThat(store.list("")).isEmpty();
    assertThat(first.scrape())
        .contains("atelier_serve_requests_total{api=\"Videos\",result=\"Deleted\"} 1.0");
  }

  @Test
  void oneThatIsDeletedThroughAnotherReplicaStopsToo() {
    var id = first.ordered("a ball");
    first.model.atEachStep(
        step -> {
          if (step == 2) {
            second.delete("/v1/videos/" + id);
            store.put(Replica.PREFIX + "/requests/" + id + "/clips/clip-00.mp4", new byte[1]);
            await().until(() -> first.model.stopping());
          }
        });

    first.draw();

    assertThat(first.model.drawn()).isEmpty();
    assertThat(store.list("")).as("what was written meanwhile goes too").isEmpty();
  }

  @Test
  void finishedOnesExpireAndOthersDoNot() throws IOException {
    var done = first.ordered("a ball");
    first.draw();
    clock.move(Replica.KEEP.minusSeconds(1));
    var waiting = second.ordered("another ball");
    assertThat(status(second, done)).isEqualTo("completed");

    clock.move(Duration.ofSeconds(2));
    assertThat(second.get("/v1/videos/" + done).status()).isEqualTo(404);
    second.draw();
    clock.move(Replica.KEEP.minusSeconds(1));
    second.draw();

    assertThat(store.list(Replica.PREFIX + "/requests/" + done)).isEmpty();
    assertThat(status(second, waiting)).isEqualTo("completed");
    assertThat(Files.exists(root.resolve("artifacts"))).isTrue();
  }

  @Test
  void remainsOfARequestThatWasNeverAnsweredAreSwept() {
    store.put(
        Replica.PREFIX + "/requests/video_000000000001_0000000000000001/first-frame", new byte[1]);

    first.draw();

    assertThat(store.list("")).isEmpty();
  }

  @Test
  void allOfItWorksInABucketToo() throws IOException {
    try (var s3 = new S3StandIn()) {
      var bucket = bucket(s3);
      try (var replica = new Replica(bucket, clock);
          var other = new Replica(bucket, clock)) {
        var id = replica.ordered("a ball");
        assertThat(other.draw()).isTrue();
        assertThat(replica.get("/v1/videos/" + id + "/content").text())
            .isEqualTo("video of a ball");
        assertThat(replica.get("/v1/videos").json().path("data")).hasSize(1);
        replica.delete("/v1/videos/" + id);
        assertThat(s3.objects).isEmpty();
      }
    }
  }

  private ArtifactStore bucket(S3StandIn s3) throws IOException {
    var keys = Files.createDirectories(root.resolve("keys"));
    Files.write(keys.resolve("AWS_ACCESS_KEY_ID"), "id".getBytes(UTF_8));
    Files.write(keys.resolve("AWS_SECRET_ACCESS_KEY"), "secret".getBytes(UTF_8));
    var settings = RuntimeSettings.of(Map.of("ATELIER_ROOT", root.toString()));
    return new Stores(settings, root.resolve("scratch"))
        .open(s3.location("s3://bucket/team", "/keys"));
  }

  /** A replica that claims the next request and is never heard of again. */
  private void killedWhileItDraws() {
    var killed =
        new RequestQueue(
            first.context,
            new RequestStore(store, Replica.PREFIX),
            new ServeMeters(new SimpleMeterRegistry()),
            "killed");
    assertThat(killed.take()).isPresent();
  }

  private static String status(Replica replica, String id) {
    return replica.get("/v1/videos/" + id).json().path("status").asText();
  }
}
