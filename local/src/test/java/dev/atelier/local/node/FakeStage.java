package dev.atelier.local.node;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * What pods run in these tests, as a process of its own. Its arguments are verbs, carried out one
 * after the other: {@code exit CODE}, {@code exit-by-index CODE...}, {@code words TEXT}, {@code
 * print VARIABLE}, {@code cat PATH}, {@code write PATH}, {@code sleep}, {@code stubborn} (sleeps
 * and ignores SIGTERM), {@code serve PORT} (answers 503 until the file {@code /tmp/ready} is there,
 * then 200), {@code checkpoint} (sleeps and exits 75 on SIGTERM or when its parent is gone).
 */
final class FakeStage {
  private FakeStage() {}

  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "exit" -> Runtime.getRuntime().halt(Integer.parseInt(arguments[i + 1]));
        case "exit-by-index" -> {
          int index = Integer.parseInt(System.getenv("JOB_COMPLETION_INDEX"));
          Runtime.getRuntime().halt(Integer.parseInt(arguments[i + 1 + index]));
        }
        case "words" -> write("/dev/termination-log", arguments[i + 1]);
        case "write" -> write(arguments[i + 1], "written by the pod");
        case "print" -> System.out.println(System.getenv(arguments[i + 1]));
        case "cat" -> System.out.println(Files.readString(inside(arguments[i + 1])));
        case "serve" -> serve(Integer.parseInt(arguments[i + 1]));
        case "sleep" -> forever();
        case "stubborn" -> atTheEnd(() -> forever());
        case "checkpoint" -> checkpoint();
        default -> {}
      }
    }
  }

  private static void serve(int port) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(System.getenv("POD_IP"), port), 4);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(Files.exists(inside("/tmp/ready")) ? 200 : 503, -1);
          exchange.close();
        });
    server.start();
    System.out.println("working");
    forever();
  }

  private static void checkpoint() {
    long parent = Long.parseLong(System.getenv("ATELIER_PARENT_PID"));
    ProcessHandle.of(parent)
        .map(ProcessHandle::onExit)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .thenRun(() -> Runtime.getRuntime().halt(75));
    atTheEnd(
        () -> {
          write("/dev/termination-log", "checkpointed");
          Runtime.getRuntime().halt(75);
        });
  }

  private static void atTheEnd(Runnable action) {
    Runtime.getRuntime().addShutdownHook(new Thread(action));
    System.out.println("working");
    forever();
  }

  private static void forever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path inside(String path) {
    return Path.of(System.getenv("ATELIER_ROOT") + path);
  }

  private static void write(String path, String text) {
    try {
      Files.writeString(inside(path), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
