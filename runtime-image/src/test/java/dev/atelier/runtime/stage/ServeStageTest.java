package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageProcess;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.video.Mp4Probe;
import dev.atelier.stage.ClipInput;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.ServeInput;
import dev.atelier.stage.StageFile;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TerminationMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples' video model behind its API, from the stage file to SIGTERM. */
class ServeStageTest {

  private static final Path MODEL = Path.of("../samples/video/models/tiny-video");
  private static final ObjectMapper JSON = StageJson.json();

  @TempDir private Path root;
  private final HttpClient client = HttpClient.newHttpClient();
  private final StopRequest stop = new StopRequest();
  private String address = "";

  @Test
  void aModelDrawsClipsOfAnySizeAndPicturesUntilItIsToldToStop() throws Exception {
    var bench = new Bench(root);
    bench.copy(MODEL, "models/wan");
    bench.write("etc/atelier/stage.yaml", StageJson.write(file(bench)));
    int port = freePort();
    address = "http://127.0.0.1:" + port;
    var settings =
        RuntimeSettings.of(
            Map.of(
                "ATELIER_ROOT",
                root.toString(),
                "POD_IP",
                "127.0.0.1",
                "ATELIER_PORT",
                "0",
                "ATELIER_API_PORT",
                String.valueOf(port)));
    var ended =
        CompletableFuture.supplyAsync(
            () -> new StageProcess(settings, stop, Clock.systemUTC()).run());
    await().atMost(Duration.ofMinutes(2)).until(() -> ended.isDone() || answers());

    var first = video("{\"prompt\": \"a red ball moving left on a brown ground\", \"seed\": 1}");
    var second =
        video(
            "{\"prompt\": \"a blue square moving right\", \"size\": \"48x32\", \"seconds\": 1, \"fps\": 8}");
    var picture =
        post(
            "/v1/images/generations",
            "{\"prompt\": \"a green triangle\", \"model\": \"purple\", \"seed\": 1}");
    stop.stop("SIGTERM");

    assertThat(first.width()).isEqualTo(32);
    assertThat(first.height()).isEqualTo(32);
    assertThat(first.samples()).isEqualTo(5);
    assertThat(second.width()).isEqualTo(48);
    assertThat(second.height()).isEqualTo(32);
    assertThat(second.samples()).isEqualTo(9);
    var png = Base64.getDecoder().decode(picture.path("data").path(0).path("b64_json").asText());
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(32);
    assertThat(new String(png, StandardCharsets.ISO_8859_1)).contains("trainedAlgorithmicMedia");
    assertThat(ended.get()).isZero();
    assertThat(StageJson.lastWords(Files.readString(root.resolve("dev/termination-log"))))
        .hasValueSatisfying(
            words -> {
              assertThat(words.result()).isEqualTo(TerminationMessage.Result.Succeeded);
              assertThat(words.message()).startsWith("stopped (SIGTERM)");
            });
    assertThat(bench.store().list(Bench.PREFIX))
        .as("no manifest: nothing is published")
        .noneMatch(entry -> entry.key().endsWith("manifest.json"));
  }

  /** Asks for a video, waits for it and reads it. */
  private Mp4Probe video(String json) throws Exception {
    var id = post("/v1/videos", json).path("id").asText();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> get("/v1/videos/" + id).path("status").asText(), "completed"::equals);
    var file = root.resolve(id + ".mp4");
    client.send(
        HttpRequest.newBuilder(URI.create(address + "/v1/videos/" + id + "/content")).build(),
        BodyHandlers.ofFile(file));
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("baseModelSha256: ")
        .contains("trainedAlgorithmicMedia");
    return Mp4Probe.of(file);
  }

  private boolean answers() {
    try {
      return get("/health").path("status").asText().equals("ok");
    } catch (IOException e) {
      return false;
    }
  }

  private JsonNode get(String path) throws IOException {
    return sent(HttpRequest.newBuilder(URI.create(address + path)));
  }

  private JsonNode post(String path, String json) throws IOException {
    return sent(
        HttpRequest.newBuilder(URI.create(address + path))
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private JsonNode sent(HttpRequest.Builder request) throws IOException {
    try {
      return JSON.readTree(client.send(request.build(), BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static StageFile file(Bench bench) {
    var input =
        new ServeInput(
            new ModelInput(
                "Wan", StoreLocation.directory("/models/wan"), null, "Apache-2.0", "tiny-video"),
            null,
            List.of("Videos", "Images"),
            null,
            new SamplerInput("", 2, 3, 32, 32, 7),
            ClipInput.plain(5, 8),
            3600,
            Bench.DRAWINGS);
    var file = bench.file(input);
    return new StageFile(
        file.contract(),
        new StageFile.ResourceRef("VideoGenerator", "studio", "purple", "12345678-aaaa"),
        file.run(),
        file.device(),
        file.storage(),
        file.prefix(),
        file.stage());
  }
}
