package dev.atelier.runtime.caption;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.RgbImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Asks a vision model behind {@code POST /chat/completions}, the protocol that OpenAI, vLLM, Ollama
 * and others speak: the frames as data URIs, one sentence back. Tries again where trying again may
 * help, after as long as the server asks for.
 */
public final class VisionEndpoint {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INSTRUCTION =
      "These frames are from one clip, in their order. Describe in one English sentence of at most 40 words what it shows: the subject, what it does, the place, the camera's movement. Answer with the sentence alone.";
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int MOST_TOKENS = 120;

  private final Endpoint endpoint;
  private final Retries retries;
  private final Pacing pacing;
  private final HttpClient client;

  /**
   * Where the model is.
   *
   * @param url such as {@code http://captioner:8000/v1}
   * @param apiKey sent as a bearer token, if there is one
   */
  public record Endpoint(String url, String model, Optional<String> apiKey) {}

  /**
   * How patient to be.
   *
   * @param attempts in all
   * @param first pause; each later one is twice as long
   * @param timeout of one request
   */
  public record Retries(int attempts, Duration first, Duration timeout) {

    /** Six tries over about half a minute, two minutes for each answer. */
    public static Retries defaults() {
      return new Retries(6, Duration.ofSeconds(1), Duration.ofMinutes(2));
    }

    Duration pause(int failed) {
      var pause = first.multipliedBy(1L << Math.min(failed - 1, 20));
      return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  /** An endpoint that is asked no faster than the pacing allows. */
  public VisionEndpoint(Endpoint endpoint, Retries retries, Pacing pacing) {
    this.endpoint = endpoint;
    this.retries = retries;
    this.pacing = pacing;
    this.client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  }

  /** What answers depend on beside the frames. */
  public String protocol() {
    return "Endpoint %s: %s".formatted(endpoint.model(), INSTRUCTION);
  }

  /**
   * One sentence about the frames.
   *
   * @throws StageFailure.BadInput if the endpoint refuses what no retry mends
   * @throws StageFailure.EndpointUnavailable if it does not answer, however often it is asked
   */
  public String describe(List<RgbImage> frames) {
    var request = request(frames);
    var problem = "";
    var asked = Duration.ZERO;
    for (int failed = 0; failed < retries.attempts(); failed++) {
      if (failed > 0) {
        var pause = retries.pause(failed);
        pacing.rest(asked.compareTo(pause) > 0 ? asked : pause);
      }
      pacing.next();
      try {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return sentence(answer.body());
        }
        problem = "status %d: %s".formatted(answer.statusCode(), cut(answer.body()));
        refused(answer.statusCode(), problem);
        asked = retryAfter(answer).orElse(Duration.ZERO);
      } catch (IOException e) {
        problem = String.valueOf(e.getMessage() == null ? e : e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StageFailure.Checkpointed("interrupted while waiting for a caption");
      }
    }
    throw new StageFailure.EndpointUnavailable(
        "the caption endpoint %s did not answer in %d tries (%s); check that it runs and that the pod may reach it, or use side-car files with spec.dataset.captions.from: Sidecar. Captions that it gave already are kept"
            .formatted(endpoint.url(), retries.attempts(), problem));
  }

  private void refused(int status, String problem) {
    if (status == 401 || status == 403) {
      throw new StageFailure.BadInput(
          "the caption endpoint %s refuses the key (%s); check the Secret of spec.dataset.captions.endpoint.apiKeySecretRef"
              .formatted(endpoint.url(), problem));
    }
    if (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429) {
      throw new StageFailure.BadInput(
          "the caption endpoint %s refuses the request (%s); check spec.dataset.captions.endpoint: url ends with the version such as /v1, model '%s' sees pictures"
              .formatted(endpoint.url(), problem, endpoint.model()));
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,4}"))
        .map(value -> Duration.ofSeconds(Math.min(Long.parseLong(value), 60)));
  }

  private HttpRequest request(List<RgbImage> frames) {
    var root = JSON.createObjectNode();
    root.put("model", endpoint.model());
    root.put("max_tokens", MOST_TOKENS);
    root.put("temperature", 0);
    var content = root.putArray("messages").addObject().put("role", "user").putArray("content");
    content.addObject().put("type", "text").put("text", INSTRUCTION);
    for (var frame : frames) {
      content
          .addObject()
          .put("type", "image_url")
          .putObject("image_url")
          .put(
              "url",
              "data:image/png;base64," + Base64.getEncoder().encodeToString(PngFile.of(frame)));
    }
    var builder =
        HttpRequest.newBuilder(uri())
            .timeout(retries.timeout())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(root.toString()));
    endpoint.apiKey().ifPresent(key -> builder.header("Authorization", "Bearer " + key));
    return builder.build();
  }

  private URI uri() {
    return URI.create(endpoint.url().replaceAll("/+$", "") + "/chat/completions");
  }

  private String sentence(String body) throws IOException {
    try {
      var text =
          JSON.readTree(body).path("choices").path(0).path("message").path("content").asText("");
      var line = text.strip().replaceAll("\\s+", " ").replaceAll("^\"|\"$", "");
      if (line.isEmpty()) {
        throw new IOException("an answer without a sentence: " + cut(body));
      }
      return line;
    } catch (JsonProcessingException e) {
      throw new IOException("an answer that is no JSON: " + cut(body), e);
    }
  }

  private static String cut(String text) {
    var line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 200 ? line : line.substring(0, 197) + "...";
  }
}
