package dev.atelier.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What {@code helm test} runs: asks an operator whether it is ready and what it counts. */
public final class EndpointCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private EndpointCheck() {}

  /**
   * Exits with 0 if the operator is ready and counts its reconciliations, else with 1.
   *
   * @param arguments the operator's URL, such as {@code http://atelier.atelier-system.svc:8080}
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(arguments.length == 1 && good(arguments[0]) ? 0 : 1);
  }

  /** Whether the operator at the URL is ready and counts; prints a line for each question. */
  public static boolean good(String url) throws InterruptedException {
    var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    return answers(http, url + "/readyz", "ok") && answers(http, url + "/metrics", "operator_sdk_");
  }

  private static boolean answers(HttpClient http, String url, String part)
      throws InterruptedException {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      boolean good = answer.statusCode() == 200 && answer.body().contains(part);
      System.out.printf(
          "%s %s: HTTP %d%s%n",
          good ? "PASS" : "FAIL",
          url,
          answer.statusCode(),
          good ? "" : ", expected 200 and '%s' in the answer".formatted(part));
      return good;
    } catch (IOException e) {
      System.out.printf("FAIL %s: %s%n", url, e);
      return false;
    }
  }
}
