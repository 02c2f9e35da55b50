package dev.atelier.runtime.caption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that speaks the protocol of chat completions and describes every picture alike. */
public final class CaptionStandIn implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

  /** What it was asked. */
  public final List<JsonNode> asked = new CopyOnWriteArrayList<>();

  /** Authorization headers, empty where there was none. */
  public final List<String> keys = new CopyOnWriteArrayList<>();

  private volatile String sentence = "A ball rolls along a wall in front of the camera.";

  private record Failure(int status, String retryAfter) {}

  /** On a free port of this machine. */
  public CaptionStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/v1/chat/completions", this::answer);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  public String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  /** The next answer is a failure. */
  public CaptionStandIn failing(int status, String retryAfter) {
    failures.add(new Failure(status, retryAfter));
    return this;
  }

  /** What it says from now on. */
  public CaptionStandIn saying(String text) {
    sentence = text;
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var request = JSON.readTree(exchange.getRequestBody().readAllBytes());
    asked.add(request);
    var key = exchange.getRequestHeaders().getFirst("Authorization");
    keys.add(key == null ? "" : key);
    var failure = failures.poll();
    if (failure != null && !failure.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().add("Retry-After", failure.retryAfter());
    }
    var body = failure == null ? completion() : "{\"error\":{\"message\":\"busy\"}}";
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(failure == null ? 200 : failure.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String completion() {
    var root = JSON.createObjectNode();
    root.put("object", "chat.completion");
    root.putArray("choices")
        .addObject()
        .put("index", 0)
        .putObject("message")
        .put("role", "assistant")
        .put("content", sentence);
    return root.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
