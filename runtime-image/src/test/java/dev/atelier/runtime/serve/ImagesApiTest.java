package dev.atelier.runtime.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.atelier.runtime.store.FileStore;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures: the answer waits for them. */
class ImagesApiTest {

  private static final String PATH = "/v1/images/generations";

  @TempDir private Path root;
  private final MovedClock clock = new MovedClock();
  private FileStore store;
  private Replica asked;
  private Replica other;

  @BeforeEach
  void twoReplicas() {
    store = new FileStore(root);
    asked = new Replica(store, clock);
    other = new Replica(store, clock);
  }

  @AfterEach
  void theyEnd() {
    asked.close();
    other.close();
  }

  @Test
  void theAnswerHoldsThePicturesWhicheverReplicaDrewThem() {
    var answer = asked.posting(PATH, "{\"prompt\": \"a ball\", \"n\": 2, \"seed\": 5}");
    await().until(other::draw);

    var told = answer.join();
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.json().path("created").asLong()).isEqualTo(clock.instant().getEpochSecond());
    assertThat(told.json().path("data").findValuesAsText("b64_json"))
        .extracting(text -> new String(Base64.getDecoder().decode(text), UTF_8))
        .containsExactly("picture 5", "picture 6");
    assertThat(asked.get("/v1/videos").json().path("data")).as("no videos").isEmpty();
  }

  @Test
  void whatIsBlockedIsRefused() {
    var answer = asked.posting(PATH, "{\"prompt\": \"%s\"}".formatted(FakeModel.BLOCKED));
    await().until(asked::draw);

    assertThat(answer.join().status()).isEqualTo(400);
    assertThat(answer.join().error("code")).isEqualTo("content_policy");
  }

  @Test
  void whoWaitsWhenTheReplicaStopsIsToldToAskAgainAndNothingIsDrawnForNobody() {
    var answer = asked.posting(PATH, "{\"prompt\": \"a ball\"}");
    await().until(() -> !store.list("").isEmpty());
    asked.context.stop().stop("SIGTERM");

    assertThat(answer.join().status()).isEqualTo(503);
    assertThat(other.draw()).isFalse();
  }

  @Test
  void aClientThatGoesAwayHurtsNobody() {
    var answer = asked.posting(PATH, "{\"prompt\": \"a ball\"}");
    await().until(() -> !store.list("").isEmpty());
    answer.cancel(true);

    await().until(asked::draw);

    var next = asked.posting(PATH, "{\"prompt\": \"another ball\"}");
    await().until(asked::draw);
    assertThat(next.join().status()).isEqualTo(200);
  }
}
