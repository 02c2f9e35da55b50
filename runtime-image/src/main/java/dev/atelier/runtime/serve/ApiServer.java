package dev.atelier.runtime.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atelier.runtime.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks HTTP: what is asked goes to {@link Routes}, whatever they throw becomes an answer. */
final class ApiServer implements AutoCloseable {

  /** Of a body. */
  static final int MOST_BYTES = 32 << 20;

  /** Of a body that is too large: beyond that the connection is cut off. */
  private static final long MOST_SKIPPED = 4L * MOST_BYTES;

  /** What GET would answer, without the body. */
  private static final String HEAD = "HEAD";

  private static final byte[] NOTHING = new byte[0];

  /** More than wait for pictures at once, so that others are always answered. */
  private static final int THREADS = 2 * ImagesApi.MOST_WAITING;

  private static final int GRACE_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, ApiServer::daemon);
  private final Routes routes;

  private ApiServer(HttpServer server, Routes routes) {
    this.server = server;
    this.routes = routes;
  }

  /** Starts serving. */
  static ApiServer start(InetSocketAddress address, Routes routes) throws IOException {
    HttpServer http;
    try {
      http = HttpServer.create(address, 128);
    } catch (IOException e) {
      throw new IOException(
          "cannot serve the API on %s: %s; is another process using the port?"
              .formatted(address, e.getMessage()),
          e);
    }
    var server = new ApiServer(http, routes);
    http.createContext("/", server::handle);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Lets answers that are under way go out. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the API ends with answers still under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      var answer = answer(exchange);
      var headers = exchange.getResponseHeaders();
      answer.headers().forEach(headers::set);
      if (answer.status() == 413) {
        // The rest of the body is not read.
        headers.set("Connection", "close");
      }
      if (exchange.getRequestMethod().equals(HEAD)) {
        headers.set("Content-Length", Integer.toString(answer.body().length));
        exchange.sendResponseHeaders(answer.status(), -1);
      } else {
        exchange.sendResponseHeaders(
            answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
      }
    } catch (IOException e) {
      LOG.debug("the client is gone: {}", e.getMessage());
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      return routes.answer(call(exchange));
    } catch (RequestProblem e) {
      return Answer.of(e);
    } catch (StageFailure.StorageUnavailable e) {
      LOG.error("{}", e.getMessage());
      return Answer.of(
          RequestProblem.unavailable("the artifact store cannot be reached; try again later"));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      return Answer.of(RequestProblem.failed("this should not have happened; see the pod's log"));
    }
  }

  private static Call call(HttpExchange exchange) {
    var method = exchange.getRequestMethod();
    var uri = exchange.getRequestURI();
    return new Call(
        method.equals(HEAD) ? "GET" : method,
        uri.getPath(),
        query(Optional.ofNullable(uri.getRawQuery()).orElse("")),
        header(exchange, "Content-Type"),
        header(exchange, "Authorization"),
        range(exchange),
        () -> body(exchange));
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  /**
   * Of GET alone, as RFC 9110 has it. Who has a part of a file asks for the rest if it is still the
   * same; files have no tags by which that could be told.
   */
  private static String range(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET") && header(exchange, "If-Range").isEmpty()
        ? header(exchange, "Range")
        : "";
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    var sent = exchange.getRequestBody();
    byte[] read = announced(exchange) > MOST_BYTES ? NOTHING : sent.readNBytes(MOST_BYTES);
    // Clients write all of the body before they read the answer.
    if (dropped(sent) > 0) {
      throw RequestProblem.tooLarge(
          "the body has more than %d MiB; send a smaller picture".formatted(MOST_BYTES >> 20));
    }
    return read;
  }

  /** Reads what is left; the stream's own skip would read beyond the end of the body. */
  private static long dropped(InputStream rest) throws IOException {
    var buffer = new byte[1 << 16];
    long dropped = 0;
    int read = rest.read(buffer);
    while (read > 0 && dropped < MOST_SKIPPED) {
      dropped += read;
      read = rest.read(buffer);
    }
    return dropped;
  }

  /** Bytes of the body; 0 where its length is not told. */
  private static long announced(HttpExchange exchange) {
    var length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? 0 : Long.parseLong(length);
  }

  private static Map<String, String> query(String raw) {
    var values = new HashMap<String, String>();
    for (var pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestProblem.badRequest(
          "invalid_query", "the query holds '%s', which is no URL encoding".formatted(text));
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "api");
    thread.setDaemon(true);
    return thread;
  }
}
