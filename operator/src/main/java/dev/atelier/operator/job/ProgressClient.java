package dev.atelier.operator.job;

import dev.atelier.stage.Progress;
import dev.atelier.stage.StageJson;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks one pod how far it is: {@code GET http://<pod>:8080/progress}. */
public final class ProgressClient {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /** The pod's answer; empty while it has none. Never fails: the next round asks again. */
  public CompletableFuture<Optional<Progress>> ask(Pod pod) {
    var address = pod.getStatus().getPodIP();
    if (address == null || address.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    var host = address.contains(":") ? "[" + address + "]" : address;
    var request =
        HttpRequest.newBuilder(URI.create("http://%s:8080/progress".formatted(host)))
            .timeout(PATIENCE)
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(ProgressClient::read)
        .exceptionally(problem -> Optional.empty());
  }

  private static Optional<Progress> read(HttpResponse<String> answer) {
    return answer.statusCode() == 200 ? StageJson.progress(answer.body()) : Optional.empty();
  }
}
