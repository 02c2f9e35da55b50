package dev.atelier.runtime.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3StoreTest {

  @TempDir Path root;
  private S3StandIn server;

  @BeforeEach
  void start() throws IOException {
    server = new S3StandIn();
    Files.createDirectories(root.resolve("etc/keys"));
    Files.writeString(root.resolve("etc/keys/AWS_ACCESS_KEY_ID"), "one\n");
    Files.writeString(root.resolve("etc/keys/secretKey"), "two\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsPutIsReadBackFromTheBucketAndPrefixOfTheLocation() throws IOException {
    var file = Files.writeString(root.resolve("weights.bin"), "w".repeat(300_000));
    store().put("a/b.txt", "hello".getBytes(UTF_8));
    store().put("a/weights.bin", file);

    assertThat(server.objects)
        .containsOnlyKeys("atelier/prod/a/b.txt", "atelier/prod/a/weights.bin");
    assertThat(store().read("a/b.txt"))
        .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("hello"));
    assertThat(store().local("a/weights.bin"))
        .hasValueSatisfying(copy -> assertThat(copy).hasSameBinaryContentAs(file));
    assertThat(store().read("a/none")).isEmpty();
    assertThat(store().local("a/none")).isEmpty();
  }

  @Test
  void listingFollowsEveryPageAndStopsAtThePathSegment() {
    for (int i = 0; i < 8; i++) {
      store().put("run/file-" + i, new byte[i]);
    }
    store().put("run2/other", new byte[1]);

    assertThat(store().list("run"))
        .hasSize(8)
        .last()
        .isEqualTo(new ArtifactStore.Entry("run/file-7", 7));
  }

  @Test
  void deletingAPrefixLeavesTheRest() {
    for (int i = 0; i < 5; i++) {
      store().put("run/file-" + i, new byte[1]);
    }
    store().put("run2/other", new byte[1]);
    store().delete("run");
    store().delete("run");

    assertThat(server.objects).containsOnlyKeys("atelier/prod/run2/other");
  }

  @Test
  void aRefusedRequestNamesTheBucketAndWhatToCheck() {
    server.refuseWith(403);

    assertThatThrownBy(() -> store().put("a/b", new byte[1]))
        .isInstanceOf(StageFailure.StorageUnavailable.class)
        .hasMessage(
            "cannot write a/b in s3://atelier/prod/: the server answered 403 AccessDenied; check the bucket's name, its policy and the keys of credentialsSecretRef")
        .satisfies(e -> assertThat(((StageFailure) e).reason()).isEqualTo("StorageUnavailable"));
  }

  @Test
  void aServerThatIsNotThereNamesTheEndpoint() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    var location =
        new StoreLocation("s3://atelier/prod", "http://127.0.0.1:" + closed, null, "/etc/keys");

    assertThatThrownBy(() -> stores().open(location).list("run"))
        .isInstanceOf(StageFailure.StorageUnavailable.class)
        .hasMessageContaining("s3://atelier/prod/")
        .hasMessageContaining("http://127.0.0.1:" + closed);
  }

  @Test
  void aSecretWithoutKeysSaysWhichKeysItNeeds() throws IOException {
    Files.createDirectories(root.resolve("etc/empty"));

    assertThatThrownBy(() -> stores().open(server.location("s3://atelier", "/etc/empty")))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("AWS_ACCESS_KEY_ID")
        .hasMessageContaining("credentialsSecretRef");
  }

  @Test
  void aLocationWithoutABucketIsBadInput() {
    assertThatThrownBy(() -> stores().open(new StoreLocation("s3:///x", null, null, null)))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("s3://bucket/prefix");
  }

  private ArtifactStore store() {
    return stores().open(server.location("s3://atelier/prod/", "/etc/keys"));
  }

  private Stores stores() {
    return new Stores(
        RuntimeSettings.of(Map.of("ATELIER_ROOT", root.toString())), root.resolve("copies"));
  }
}
