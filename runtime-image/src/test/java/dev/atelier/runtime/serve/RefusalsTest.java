package dev.atelier.runtime.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.store.FileStore;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not done, in the protocol's form of errors. */
class RefusalsTest {

  @TempDir private Path root;
  private Path key;
  private Replica replica;

  @BeforeEach
  void aReplicaWithoutTheImagesApiAndWithAKey() throws IOException {
    key = Files.writeString(root.resolve("API_KEY"), "secret-1\n");
    replica =
        new Replica(
            new FileStore(root.resolve("artifacts")),
            new MovedClock(),
            EnumSet.of(Api.VIDEOS),
            Optional.of(key));
  }

  @AfterEach
  void itEnds() {
    replica.close();
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET    | /v2                                                | 404 | not_found          | offered are [GET /v1/models, POST /v1/videos]
          POST   | /v1/images/generations                             | 404 | not_found          | offered are
          PUT    | /v1/videos                                         | 405 | method_not_allowed | use GET or POST
          POST   | /v1/models                                         | 405 | method_not_allowed | use GET
          GET    | /v1/models/green                                   | 404 | model_not_found    | this is 'purple'
          GET    | /v1/videos/none                                    | 404 | video_not_found    | expired or been deleted
          GET    | /v1/videos/..%2F..%2Fopen                          | 404 | not_found          | nothing at
          GET    | /v1/videos/video_0123456789ab_0123456789abcdef     | 404 | video_not_found    | no video
          GET    | /v1/videos/image_0123456789ab_0123456789abcdef     | 404 | video_not_found    | no video
          DELETE | /v1/videos/video_0123456789ab_0123456789abcdef     | 404 | video_not_found    | no video
          GET    | /v1/videos?limit=101                               | 400 | invalid_value      | from 1 to 100
          GET    | /v1/videos?order=random                            | 400 | invalid_value      | asc or desc
          GET    | /v1/videos?after=none                              | 400 | invalid_value      | use the last_id
          """)
  void whatIsNotThereIsSaidWithWhatIs(
      String method, String path, int status, String code, String message) {
    var told =
        replica.send(
            replica
                .request(path)
                .header("Authorization", "Bearer secret-1")
                .method(method, BodyPublishers.noBody()));

    assertThat(told.error("code")).isEqualTo(code);
    assertThat(told.error("message")).contains(message);
    assertThat(told.error("type")).isEqualTo("invalid_request_error");
    assertThat(told.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer secret-2", "Bearer secret-11", "Basic secret-1"})
  void nothingIsToldWithoutTheKey(String authorization) {
    var request = replica.request("/v1/models").GET();
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }

    var told = replica.send(request);

    assertThat(told.status()).isEqualTo(401);
    assertThat(told.error("code")).isEqualTo("invalid_api_key");
    assertThat(replica.get("/health").status()).as("a probe has no key").isEqualTo(200);
  }

  @Test
  void aChangedKeyCountsAtOnceAndALostOneOpensNothing() throws IOException {
    assertThat(withKey("secret-1").status()).isEqualTo(200);
    Files.writeString(key, "secret-2");
    assertThat(withKey("secret-1").status()).isEqualTo(401);
    assertThat(withKey("secret-2").status()).isEqualTo(200);
    Files.delete(key);
    assertThat(withKey("secret-2").status()).isEqualTo(503);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no json                                            | invalid_json         | the body is no JSON
          [1]                                                | invalid_json         | must be a JSON object
          {"prompt": "a naked woman"}                        | content_policy       | refused for the word
          {"prompt": "a", "size": "2048x2048"}               | invalid_value        | 90 GiB at its peak
          {"prompt": "a", "input_reference": "file-123"}     | invalid_value        | addresses and ids are not fetched
          {"prompt": "a", "input_reference": "data:image/png;base64,?"} | invalid_value | is no base64
          """)
  void aRequestThatCannotBeDrawnIsRefusedBeforeItWaits(String body, String code, String message) {
    var told = posted("application/json", body.getBytes(UTF_8));

    assertThat(told.status()).isEqualTo(400);
    assertThat(told.error("code")).isEqualTo(code);
    assertThat(told.error("message")).contains(message);
    assertThat(replica.context.store().list("")).isEmpty();
  }

  @Test
  void aBodyOfAnotherKindIsRefused() {
    assertThat(posted("text/plain", new byte[1]).error("code")).isEqualTo("invalid_content_type");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    var told = posted("application/json", new byte[ApiServer.MOST_BYTES + 1]);

    assertThat(told.status()).isEqualTo(413);
    assertThat(told.error("message")).contains("32 MiB");
  }

  @Test
  void aVideoThatIsNotDoneHasNoContent() {
    var id = posted("application/json", "{\"prompt\": \"a\"}".getBytes(UTF_8)).id();

    assertThat(authorized("/v1/videos/" + id + "/content").error("code"))
        .isEqualTo("video_not_ready");
    replica.draw();
    assertThat(authorized("/v1/videos/" + id + "/content?variant=spritesheet").error("message"))
        .contains("use video or thumbnail");
  }

  private Replica.Told withKey(String sent) {
    return replica.send(
        replica.request("/v1/models").header("Authorization", "Bearer " + sent).GET());
  }

  private Replica.Told authorized(String path) {
    return replica.send(replica.request(path).header("Authorization", "Bearer secret-1").GET());
  }

  private Replica.Told posted(String type, byte[] body) {
    return replica.send(
        replica
            .request("/v1/videos")
            .header("Authorization", "Bearer secret-1")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }
}
