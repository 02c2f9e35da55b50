package dev.atelier.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a client of a served model does.
 *
 * @param base of a pod or of the Service, without path
 */
record ServedModel(String base, String key) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Asks for a clip; returns the request as it was accepted. */
  JsonNode ask(String body) throws IOException, InterruptedException {
    var request =
        request("/v1/videos")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return JSON.readTree(accepted(request).body());
  }

  /** How a request stands. */
  JsonNode video(String id) throws IOException, InterruptedException {
    return JSON.readTree(accepted(request("/v1/videos/" + id)).body());
  }

  /** How a request ended. */
  JsonNode finished(String id) {
    return await("request " + id)
        .atMost(Story.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> video(id),
            found -> List.of("completed", "failed").contains(found.path("status").asText()));
  }

  /** All requests, or why there is no answer. */
  HttpResponse<String> videos() throws IOException, InterruptedException {
    return HTTP.send(request("/v1/videos").build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Saves what was drawn. */
  Path download(String id, Path file) throws IOException, InterruptedException {
    var request = request("/v1/videos/" + id + "/content").build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofFile(file)).body();
  }

  private static HttpResponse<String> accepted(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return answer;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + key);
  }
}
