package dev.atelier.e2e;

import dev.atelier.operator.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operator as its container runs it: its own process, settings from the environment. */
final class OperatorProcess implements AutoCloseable {

  private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private OperatorProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it with little memory and at once, as most stories want it, and with the rights that the
   * chart grants.
   *
   * @param user who it is for the API server, and its host name
   */
  static OperatorProcess start(TestCluster cluster, String user, Map<String, String> settings) {
    return start(cluster, user, settings, OPTIONS);
  }

  /** The same with other options of the JVM. */
  static OperatorProcess start(
      TestCluster cluster, String user, Map<String, String> settings, List<String> options) {
    try {
      var folder = Files.createDirectories(Path.of("target/operators").toAbsolutePath());
      var kubeconfig = folder.resolve(user + ".kubeconfig");
      Files.writeString(kubeconfig, cluster.operatorKubeconfig(user));
      if (settings.containsKey("POD_NAMESPACE")) {
        cluster.grantElection(settings.get("POD_NAMESPACE"));
      }
      int port = freePort();
      var command =
          new ArrayList<>(
              List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
      command.addAll(options);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(user + ".log").toFile());
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      builder.environment().put("HOSTNAME", user);
      builder.environment().put("ATELIER_RUNTIME_IMAGE", "atelier-runtime");
      builder.environment().put("ATELIER_PORT", Integer.toString(port));
      builder.environment().putAll(settings);
      var process = builder.start();
      // The test's own end ends it as well, however that comes about.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new OperatorProcess(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many reconciliations of a kind have succeeded, by its own metrics. */
  double reconciled(String kind) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith("operator_sdk_reconciliations_success_total"))
        .filter(line -> line.contains("kind=\"" + kind + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Processor time so far. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Resident memory in MiB, as the kernel counts it. */
  long residentMebibytes() {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it exports; empty as long as it does not listen. */
  String metrics() {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port)));
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the operator was asked", e);
    }
  }

  /** SIGKILL: it has no time to give up its lease. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, and SIGKILL half a minute later. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
