package dev.atelier.runtime.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.stage.ServeMetric;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos as a client of the protocol sees them. */
class VideosApiTest {

  @TempDir private Path root;
  private final MovedClock clock = new MovedClock();
  private Replica replica;

  @BeforeEach
  void aReplica() {
    replica = new Replica(new FileStore(root), clock);
  }

  @AfterEach
  void itEnds() {
    replica.close();
  }

  @Test
  void aVideoIsAskedForLookedAtAndFetched() {
    var asked =
        replica.post(
            "/v1/videos",
            """
            {"model": "purple", "prompt": "a ball", "seconds": "2", "size": "32x32", "seed": 7}""");

    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.json().path("object").asText()).isEqualTo("video");
    assertThat(asked.json().path("status").asText()).isEqualTo("queued");
    assertThat(asked.json().path("progress").asInt()).isZero();
    assertThat(asked.json().path("created_at").asLong())
        .isEqualTo(clock.instant().getEpochSecond());
    assertThat(asked.json().path("seconds").asText()).isEqualTo("2");
    assertThat(asked.json().path("size").asText()).isEqualTo("32x32");
    assertThat(asked.json().has("completed_at")).isFalse();

    clock.move(Duration.ofSeconds(30));
    assertThat(replica.draw()).isTrue();

    var done = replica.get("/v1/videos/" + asked.id());
    assertThat(done.json().path("status").asText()).isEqualTo("completed");
    assertThat(done.json().path("progress").asInt()).isEqualTo(100);
    assertThat(done.json().path("completed_at").asLong())
        .isEqualTo(clock.instant().getEpochSecond());
    assertThat(done.json().path("expires_at").asLong())
        .isEqualTo(clock.instant().plus(Replica.KEEP).getEpochSecond());
    var content = replica.get("/v1/videos/" + asked.id() + "/content");
    assertThat(content.type()).isEqualTo("video/mp4");
    assertThat(content.text()).isEqualTo("video of a ball");
    var poster = replica.get("/v1/videos/" + asked.id() + "/content?variant=thumbnail");
    assertThat(poster.type()).isEqualTo("image/png");
    assertThat(poster.text()).isEqualTo("picture 7");
  }

  @Test
  void aPlayerFetchesPartsAndABrokenDownloadGoesOn() {
    var id = replica.ordered("a ball");
    replica.draw();
    var content = "/v1/videos/" + id + "/content";
    var whole = replica.get(content);
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");

    var begin = replica.send(replica.request(content).header("Range", "bytes=0-8").GET());
    assertThat(begin.status()).isEqualTo(206);
    assertThat(begin.type()).isEqualTo("video/mp4");
    assertThat(begin.header("Content-Range")).isEqualTo("bytes 0-8/15");
    assertThat(begin.header("Content-Length")).isEqualTo("9");
    var rest = replica.send(replica.request(content).header("Range", "bytes=9-").GET());
    assertThat(begin.text() + rest.text()).isEqualTo(whole.text());

    var beyond = replica.send(replica.request(content).header("Range", "bytes=15-").GET());
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.header("Content-Range")).isEqualTo("bytes */15");
    assertThat(beyond.error("code")).isEqualTo("range_not_satisfiable");
    assertThat(beyond.error("message")).contains("bytes=15-", "15 bytes");

    var unsure =
        replica.send(
            replica
                .request(content)
                .header("Range", "bytes=9-")
                .header("If-Range", "\"what-it-was\"")
                .GET());
    assertThat(unsure.status()).as("nobody can tell that it is the same").isEqualTo(200);
    assertThat(unsure.text()).isEqualTo(whole.text());
  }

  @Test
  void headTellsTheSizeWithoutTheFile() {
    var id = replica.ordered("a ball");
    replica.draw();

    var told =
        replica.send(
            replica
                .request("/v1/videos/" + id + "/content")
                .header("Range", "bytes=0-8")
                .method("HEAD", BodyPublishers.noBody()));

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.type()).isEqualTo("video/mp4");
    assertThat(told.header("Content-Length")).isEqualTo("15");
    assertThat(told.text()).isEmpty();
    assertThat(
            replica
                .send(replica.request("/v1/videos/none").method("HEAD", BodyPublishers.noBody()))
                .status())
        .isEqualTo(404);
  }

  @Test
  void itsProgressIsSeenWhileItIsDrawn() {
    var id = replica.ordered("a ball");
    var seen = new ArrayList<String>();
    replica.model.atEachStep(
        step -> {
          if (step == 3) {
            await()
                .until(() -> replica.get("/v1/videos/" + id).json().path("progress").asInt() == 50);
            seen.add(replica.get("/v1/videos/" + id).json().path("status").asText());
          }
        });

    replica.draw();

    assertThat(seen).containsExactly("in_progress");
  }

  @Test
  void aFormDoesAsWellAsJsonAndBringsAPicture() {
    var form =
        """
        --x\r
        Content-Disposition: form-data; name="prompt"\r
        \r
        a ball\r
        --x\r
        Content-Disposition: form-data; name="seconds"\r
        \r
        1\r
        --x\r
        Content-Disposition: form-data; name="input_reference"; filename="ball.png"\r
        Content-Type: image/png\r
        \r
        a drawing\r
        --x--\r
        """;
    var asked =
        replica.send(
            replica
                .request("/v1/videos")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form)));

    replica.draw();

    assertThat(replica.get("/v1/videos/" + asked.id() + "/content").text())
        .isEqualTo("video of a ball, begun with a drawing");
  }

  @Test
  void aPictureMayComeAsADataUrl() {
    var asked =
        replica.post(
            "/v1/videos",
            """
            {"prompt": "a ball", "input_reference": {"image_url": "data:image/png;base64,aGVsbG8="}}""");

    replica.draw();

    assertThat(replica.get("/v1/videos/" + asked.id() + "/content").text())
        .isEqualTo("video of a ball, begun with hello");
  }

  @Test
  void theOldestIsDrawnFirst() {
    for (var prompt : List.of("first", "second", "third")) {
      replica.ordered(prompt);
      clock.move(Duration.ofMillis(1));
    }

    while (replica.draw()) {
      assertThat(replica.model.drawn()).isNotEmpty();
    }

    assertThat(replica.model.drawn()).containsExactly("first", "second", "third");
  }

  @Test
  void allAreListedAPageAtATime() {
    var ids = new ArrayList<String>();
    IntStream.range(0, 5)
        .forEach(
            n -> {
              ids.add(replica.ordered("number " + n));
              clock.move(Duration.ofMillis(1));
            });
    replica.draw();

    var first = replica.get("/v1/videos?limit=2").json();
    assertThat(listed(first)).containsExactly(ids.get(4), ids.get(3));
    assertThat(first.path("has_more").asBoolean()).isTrue();
    assertThat(first.path("last_id").asText()).isEqualTo(ids.get(3));
    var second = replica.get("/v1/videos?limit=3&after=" + ids.get(3)).json();
    assertThat(listed(second)).containsExactly(ids.get(2), ids.get(1), ids.get(0));
    assertThat(second.path("has_more").asBoolean()).isFalse();
    assertThat(listed(replica.get("/v1/videos?order=asc").json())).isEqualTo(ids);
    assertThat(replica.get("/v1/videos?after=" + ids.get(0)).json().path("data")).isEmpty();
  }

  @Test
  void aDeletedOneIsGoneWithItsFiles() {
    var id = replica.ordered("a ball");
    replica.draw();

    var deleted = replica.delete("/v1/videos/" + id);

    assertThat(deleted.json().path("object").asText()).isEqualTo("video.deleted");
    assertThat(deleted.json().path("deleted").asBoolean()).isTrue();
    assertThat(replica.get("/v1/videos/" + id).status()).isEqualTo(404);
    assertThat(replica.context.store().list("")).isEmpty();
  }

  @Test
  void whatIsBlockedOrFailsSaysWhy() {
    var blocked = replica.ordered(FakeModel.BLOCKED);
    replica.draw();
    var broken = replica.ordered(FakeModel.BROKEN);
    replica.draw();

    var seen = replica.get("/v1/videos/" + blocked);
    assertThat(seen.json().path("status").asText()).isEqualTo("failed");
    assertThat(seen.error("code")).isEqualTo("content_policy");
    assertThat(seen.error("message")).contains("nudity score 0.90");
    assertThat(replica.get("/v1/videos/" + blocked + "/content").error("code"))
        .isEqualTo("content_policy");
    assertThat(replica.get("/v1/videos/" + broken).error("message")).contains("shapes do not fit");
  }

  @Test
  void prometheusSeesWhatTheReferenceLists() {
    replica.ordered("a ball");
    replica.ordered(FakeModel.BLOCKED);
    replica.post("/v1/videos", "{}");
    assertThat(replica.draw()).isTrue();
    assertThat(replica.scrape()).contains("atelier_serve_waiting 1.0");
    assertThat(replica.draw()).isTrue();

    assertThat(replica.scrape())
        .contains("atelier_serve_requests_total{api=\"Videos\",result=\"Completed\"} 1.0")
        .contains("atelier_serve_requests_total{api=\"Videos\",result=\"Blocked\"} 1.0")
        .contains("atelier_serve_requests_total{api=\"Videos\",result=\"Refused\"} 1.0")
        .contains("atelier_serve_duration_seconds_count{api=\"Videos\"} 2")
        .contains("atelier_serve_waiting 0.0");
    assertThat(replica.scrape().lines().filter(line -> line.startsWith("# TYPE")))
        .extracting(line -> line.split(" ")[2])
        .containsAll(
            Arrays.stream(ServeMetric.values())
                .map(metric -> metric.description().prometheusName())
                .toList());
  }

  private static List<String> listed(JsonNode page) {
    return page.path("data").findValuesAsText("id");
  }

  @Test
  void aTextOfAnotherAlphabetComesBackAsItWas() {
    var asked =
        replica.post("/v1/videos", new String("{\"prompt\": \"мяч 球\"}".getBytes(UTF_8), UTF_8));

    assertThat(asked.json().path("prompt").asText()).isEqualTo("мяч 球");
  }
}
