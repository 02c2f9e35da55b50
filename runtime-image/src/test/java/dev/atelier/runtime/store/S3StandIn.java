package dev.atelier.runtime.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atelier.stage.StoreLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The part of S3 that a store uses, in memory: put, get, delete, list in pages, errors. */
public final class S3StandIn implements AutoCloseable {

  private static final int PAGE = 3;

  public final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final HttpServer server;
  private volatile int refuseWith;

  public S3StandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext("/", this::answer);
    server.start();
  }

  public StoreLocation location(String url, String credentials) {
    return new StoreLocation(
        url, "http://127.0.0.1:" + server.getAddress().getPort(), "us-east-1", credentials);
  }

  void refuseWith(int status) {
    refuseWith = status;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = body(exchange);
      if (refuseWith != 0) {
        send(exchange, refuseWith, error("AccessDenied"));
        return;
      }
      var name = exchange.getRequestURI().getPath().substring(1);
      switch (exchange.getRequestMethod()) {
        case "PUT" -> {
          objects.put(name, body);
          exchange.getResponseHeaders().set("ETag", "\"1\"");
          send(exchange, 200, new byte[0]);
        }
        case "DELETE" -> {
          objects.remove(name);
          send(exchange, 204, new byte[0]);
        }
        default -> get(exchange, name);
      }
    }
  }

  private void get(HttpExchange exchange, String name) throws IOException {
    var query = exchange.getRequestURI().getQuery();
    if (query != null && query.contains("list-type=2")) {
      send(exchange, 200, page(name.replaceAll("/$", ""), query));
    } else if (objects.containsKey(name)) {
      send(exchange, 200, objects.get(name));
    } else {
      send(exchange, 404, error("NoSuchKey"));
    }
  }

  private byte[] page(String bucket, String query) {
    var prefix = bucket + "/" + parameter(query, "prefix");
    var after = parameter(query, "continuation-token");
    var matching =
        objects.keySet().stream()
            .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
            .toList();
    var shown = matching.subList(0, Math.min(PAGE, matching.size()));
    var xml = new StringBuilder("<ListBucketResult>");
    for (var key : shown) {
      xml.append("<Contents><Key>")
          .append(key.substring(bucket.length() + 1))
          .append("</Key><Size>")
          .append(objects.get(key).length)
          .append("</Size></Contents>");
    }
    boolean more = shown.size() < matching.size();
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      xml.append("<NextContinuationToken>")
          .append(shown.get(shown.size() - 1))
          .append("</NextContinuationToken>");
    }
    return xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String parameter(String query, String name) {
    for (var pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return "";
  }

  /** A body sent over plain HTTP comes in signed chunks: {@code size;chunk-signature=...}. */
  private static byte[] body(HttpExchange exchange) throws IOException {
    var raw = exchange.getRequestBody().readAllBytes();
    var kind = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    if (kind == null || !kind.startsWith("STREAMING")) {
      return raw;
    }
    var whole = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = at;
      while (raw[line] != '\r') {
        line++;
      }
      var head = new String(raw, at, line - at, StandardCharsets.US_ASCII);
      int size = Integer.parseInt(head.split(";", -1)[0], 16);
      if (size == 0) {
        return whole.toByteArray();
      }
      whole.write(raw, line + 2, size);
      at = line + 2 + size + 2;
    }
  }

  private static byte[] error(String code) {
    return "<Error><Code>%s</Code><Message>%s</Message></Error>"
        .formatted(code, code)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }
}
