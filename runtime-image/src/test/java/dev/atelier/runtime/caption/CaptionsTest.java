package dev.atelier.runtime.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.clip.MediaFile;
import dev.atelier.runtime.clip.MediaSet;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.store.FileStore;
import dev.atelier.runtime.video.ClipPainter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionsTest {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @TempDir private Path folder;
  private final CaptionStandIn server = new CaptionStandIn();
  private final List<Duration> pauses = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "red_ball-rolls_left_0042.mp4, red ball rolls left",
    "a dog's breakfast (3).mov, a dog's breakfast",
    "IMG_0042.mp4, ''",
    "VID-20260101-WA0003.mp4, VID",
    "clip.webm, ''",
  })
  void aFileNameInWordsIsACaption(String name, String caption) throws IOException {
    var found = new FileNameCaptions().of(request(name));

    assertThat(found).isEqualTo(caption.contains(" ") ? Optional.of(caption) : Optional.empty());
  }

  @Test
  void theTextBesideAFileIsItsCaptionOnOneLine() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "A ball rolls\n along a wall. \n");

    assertThat(new SidecarCaptions().of(request("a.mp4"))).contains("A ball rolls along a wall.");
    assertThat(new SidecarCaptions().of(request("b.mp4"))).isEmpty();
  }

  @Test
  void anEndpointIsShownTheFramesAndItsSentenceIsTheCaption() throws IOException {
    var captions = captions(Optional.of("s3cret"), 60);

    assertThat(captions.of(request("a.mp4")))
        .contains("A ball rolls along a wall in front of the camera.");

    var content = server.asked.get(0).path("messages").path(0).path("content");
    assertThat(server.asked.get(0).path("model").asText()).isEqualTo("looker");
    assertThat(content).hasSize(4);
    assertThat(content.path(0).path("text").asText()).contains("one English sentence");
    assertThat(content.path(3).path("image_url").path("url").asText())
        .startsWith("data:image/png;base64,iVBOR");
    assertThat(server.keys).containsExactly("Bearer s3cret");
  }

  @Test
  void nobodyAsksForTheSameClipTwice() throws IOException {
    captions(Optional.empty(), 60).of(request("a.mp4"));
    server.saying("Something else.");

    var again = captions(Optional.empty(), 60).of(request("a.mp4"));

    assertThat(again).contains("A ball rolls along a wall in front of the camera.");
    assertThat(server.asked).hasSize(1);
    assertThat(server.keys).containsExactly("");
  }

  @Test
  void aBusyServerIsAskedAgainAfterAsLongAsItWants() throws IOException {
    server.failing(503, "").failing(429, "7");

    var caption = captions(Optional.empty(), 6000).of(request("a.mp4"));

    assertThat(caption).isPresent();
    assertThat(server.asked).hasSize(3);
    assertThat(pauses.stream().filter(pause -> pause.compareTo(Duration.ofMillis(50)) > 0))
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(7));
  }

  @Test
  void aServerThatStaysDownEndsTheStageButNotForGood() {
    for (int i = 0; i < 4; i++) {
      server.failing(500, "");
    }

    assertThatThrownBy(() -> captions(Optional.empty(), 60).of(request("a.mp4")))
        .isInstanceOf(StageFailure.EndpointUnavailable.class)
        .hasMessageContaining("did not answer in 4 tries (status 500")
        .hasMessageContaining("Captions that it gave already are kept")
        .extracting(e -> ((StageFailure) e).exitCode())
        .isEqualTo(1);
    server.close();
    assertThatThrownBy(() -> captions(Optional.empty(), 60).of(request("b.mp4")))
        .isInstanceOf(StageFailure.EndpointUnavailable.class);
  }

  @Test
  void aWrongKeyIsNotTriedAgain() {
    server.failing(401, "");

    assertThatThrownBy(() -> captions(Optional.of("wrong"), 60).of(request("a.mp4")))
        .isInstanceOf(StageFailure.BadInput.class)
        .hasMessageContaining("apiKeySecretRef");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void requestsKeepTheRate() throws IOException {
    var captions = captions(Optional.empty(), 30);

    for (var name : List.of("a.mp4", "b.mp4", "c.mp4")) {
      captions.of(request(name));
    }

    // The clock of the test stands still: each request waits for all before it.
    assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  private EndpointCaptions captions(Optional<String> key, int perMinute) {
    return new EndpointCaptions(
        new VisionEndpoint(
            new VisionEndpoint.Endpoint(server.url() + "/", "looker", key),
            new VisionEndpoint.Retries(4, Duration.ofSeconds(1), Duration.ofSeconds(20)),
            new Pacing(perMinute, CLOCK, pauses::add)),
        new FileStore(folder.resolve("cache")),
        "captions");
  }

  private CaptionRequest request(String name) throws IOException {
    Files.writeString(folder.resolve(name), "film");
    MediaFile file =
        MediaSet.of(new FileStore(folder), "").stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    var film = new ClipPainter(64, 36).ball(3, name.hashCode());
    return new CaptionRequest(
        file, () -> List.of(0, 1, 2).stream().map(film::frame).map(RgbImage::of).toList());
  }
}
