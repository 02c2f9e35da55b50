package dev.atelier.runtime.stage;

import dev.atelier.runtime.Main;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pods of a JobSet, each a process of the runtime's own main on this machine: directories of
 * their own, one store and one stage file.
 */
final class PodsOnNodes implements AutoCloseable {

  private static final List<String> SHARED = List.of("artifacts", "models", "etc");

  private final Path root;
  private final List<Process> pods = new ArrayList<>();

  private PodsOnNodes(Path root) {
    this.root = root;
  }

  /**
   * Starts so many pods, the first one last.
   *
   * @param root where store, models and stage file are
   */
  static PodsOnNodes start(Path root, int nodes) throws IOException {
    var started = new PodsOnNodes(root);
    int port = freePort();
    for (int rank = nodes - 1; rank >= 0; rank--) {
      started.pods.add(0, started.pod(rank, nodes, port));
    }
    return started;
  }

  Process pod(int rank) {
    return pods.get(rank);
  }

  /** Waits for the end of a pod and gives its exit code. */
  int ended(int rank) throws InterruptedException, IOException {
    if (!pods.get(rank).waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("rank %d still runs\n%s".formatted(rank, log(rank)));
    }
    return pods.get(rank).exitValue();
  }

  TerminationMessage words(int rank) throws IOException {
    return StageJson.lastWords(Files.readString(folder(rank).resolve("dev/termination-log")))
        .orElseThrow();
  }

  String log(int rank) throws IOException {
    return Files.readString(folder(rank).resolve("log.txt"));
  }

  @Override
  public void close() {
    pods.forEach(Process::destroyForcibly);
  }

  private Process pod(int rank, int nodes, int port) throws IOException {
    var folder = Files.createDirectories(folder(rank));
    for (var shared : SHARED) {
      var link = folder.resolve(shared);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, root.resolve(shared));
      }
    }
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            // A killed process leaves behind what it unpacked.
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    var environment = builder.environment();
    environment.put("ATELIER_ROOT", folder.toString());
    environment.put("ATELIER_PORT", "0");
    environment.put("POD_IP", "127.0.0.1");
    environment.put("MASTER_ADDR", "127.0.0.1");
    environment.put("MASTER_PORT", Integer.toString(port));
    environment.put("WORLD_SIZE", Integer.toString(nodes));
    environment.put("RANK", Integer.toString(rank));
    environment.put("OMP_NUM_THREADS", "1");
    // NCCL refuses two ranks on one GPU, which it takes for that of another machine by this.
    environment.put("NCCL_HOSTID", "node-" + rank);
    environment.put("NCCL_SOCKET_IFNAME", "lo");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log.txt").toFile())
        .start();
  }

  private Path folder(int rank) {
    return root.resolve("pod-" + rank);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
