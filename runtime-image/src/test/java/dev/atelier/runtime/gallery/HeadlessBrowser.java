package dev.atelier.runtime.gallery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A chromium without a screen, spoken to in its DevTools protocol. One tab; everything that it says
 * about the page that was opened last is kept.
 */
final class HeadlessBrowser implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final LinkedBlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final List<JsonNode> heard = new ArrayList<>();
  private int last;

  private HeadlessBrowser(Process process, URI tab) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(tab, new Listener()).join();
  }

  /** The path of a browser on this machine, which the build has fetched where it can. */
  static Optional<String> installed() throws IOException, InterruptedException {
    var script = new ProcessBuilder("../e2e-tests/tools/install-chromium", "--path").start();
    var path = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return script.waitFor() == 0 ? Optional.of(path) : Optional.empty();
  }

  /** Starts a browser with a profile of its own. */
  static HeadlessBrowser start(String program, Path profile)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                program,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      var browser = new HeadlessBrowser(process, tab(profile.resolve("DevToolsActivePort")));
      for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
        browser.ask(domain + ".enable", "{}");
      }
      return browser;
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Shows a file on a screen of a width, in the light or the dark, and waits until it is there. */
  void open(Path file, int width, String colorScheme) throws InterruptedException {
    ask(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\": %d, \"height\": 800, \"deviceScaleFactor\": 1, \"mobile\": %s}"
            .formatted(width, width < 600));
    ask(
        "Emulation.setEmulatedMedia",
        "{\"features\": [{\"name\": \"prefers-color-scheme\", \"value\": \"%s\"}]}"
            .formatted(colorScheme));
    events.clear();
    heard.clear();
    ask("Page.navigate", "{\"url\": \"%s\"}".formatted(file.toUri()));
    var event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (event != null && !event.path("method").asText().equals("Page.loadEventFired")) {
      heard.add(event);
      event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** The value of a JavaScript expression. */
  JsonNode value(String expression) throws InterruptedException {
    var parameters = JSON.createObjectNode();
    parameters.put("expression", expression).put("returnByValue", true);
    return ask("Runtime.evaluate", parameters).at("/result/value");
  }

  /** What the page complained of since it was opened: errors, warnings, exceptions. */
  List<String> complaints() {
    events.drainTo(heard);
    return heard.stream()
        .filter(
            event ->
                switch (event.path("method").asText()) {
                  case "Runtime.exceptionThrown" -> true;
                  case "Runtime.consoleAPICalled" ->
                      List.of("error", "warning", "assert")
                          .contains(event.at("/params/type").asText());
                  case "Log.entryAdded" ->
                      List.of("error", "warning")
                          .contains(event.at("/params/entry/level").asText());
                  default -> false;
                })
        .map(JsonNode::toString)
        .toList();
  }

  /** Addresses that were asked for, but for the page itself and what it holds. */
  List<String> requests(Path page) {
    events.drainTo(heard);
    return heard.stream()
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.at("/params/request/url").asText())
        .filter(url -> !url.startsWith("data:") && !url.equals(page.toUri().toString()))
        .toList();
  }

  /** A picture of the whole page. */
  byte[] picture() throws InterruptedException {
    var answer =
        ask("Page.captureScreenshot", "{\"format\": \"png\", \"captureBeyondViewport\": true}");
    return Base64.getDecoder().decode(answer.path("data").asText());
  }

  private JsonNode ask(String method, String parameters) throws InterruptedException {
    try {
      return ask(method, (ObjectNode) JSON.readTree(parameters));
    } catch (IOException e) {
      throw new IllegalArgumentException(parameters, e);
    }
  }

  private JsonNode ask(String method, ObjectNode parameters) throws InterruptedException {
    var question = JSON.createObjectNode();
    question.put("id", ++last).put("method", method).set("params", parameters);
    socket.sendText(question.toString(), true).join();
    var answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answer == null || !answer.has("result")) {
      throw new IllegalStateException("%s was answered with %s".formatted(method, answer));
    }
    return answer.path("result");
  }

  private static URI tab(Path portFile) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
      if (System.nanoTime() > end) {
        throw new IOException("the browser did not start within a minute");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    var port = Files.readAllLines(portFile).get(0);
    var tabs = JSON.readTree(URI.create("http://127.0.0.1:%s/json/list".formatted(port)).toURL());
    for (var tab : tabs) {
      if (tab.path("type").asText().equals("page")) {
        return URI.create(tab.path("webSocketDebuggerUrl").asText());
      }
    }
    throw new IOException("the browser has no tab: " + tabs);
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts parts of messages together and sorts answers from events. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
      message.append(part);
      if (whole) {
        try {
          var read = JSON.readTree(message.toString());
          (read.has("id") ? answers : events).add(read);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
