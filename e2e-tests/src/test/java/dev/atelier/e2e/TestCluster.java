package dev.atelier.e2e;

import dev.atelier.operator.KubernetesClients;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A real Kubernetes control plane of this test run: {@code e2e-tests/kubernetes/cluster}, with our
 * CustomResourceDefinitions. It ends with this process, whatever happens.
 */
final class TestCluster implements AutoCloseable {

  /** What users of this cluster may do, operators apart. What they do is told apart by name. */
  private static final String EVERYTHING = "system:masters";

  private static final Path SCRIPT = Path.of("kubernetes/cluster");
  private static final Path DEFINITIONS = Path.of("../crds/src/main/resources/META-INF/fabric8");

  private final Path state;

  private TestCluster(Path state) {
    this.state = state;
  }

  /** Starts it, in seconds; before that compiles it, in minutes, where nobody has done so yet. */
  static TestCluster start() {
    return defined(bare());
  }

  /** The same without controllers and scheduler: no Job gets a pod. */
  static TestCluster apiOnly() {
    return defined(up("--api-only"));
  }

  private static TestCluster defined(TestCluster cluster) {
    try {
      cluster.define(DEFINITIONS);
      cluster.asAdmin(OperatorRights::grant);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The same as it comes: without our definitions. */
  static TestCluster bare() {
    return up();
  }

  private static TestCluster up(String... options) {
    var cluster = new TestCluster(freshState());
    var command = new ArrayList<String>();
    command.addAll(List.of("up", "--while", Long.toString(ProcessHandle.current().pid())));
    command.addAll(List.of(options));
    try {
      cluster.script(command.toArray(String[]::new));
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Applies CustomResourceDefinitions, a file or a folder of them, until they are served. */
  void define(Path definitions) {
    script("define", definitions.toString());
  }

  /** Adds the real JobSet controller, with its webhooks. */
  void jobSet() {
    script("jobset");
  }

  /** Adds the real Kueue. */
  void kueue() {
    script("kueue");
  }

  /** Adds a real node; needs root. */
  void node() {
    script("node");
  }

  /** Imports an image archive into the node. */
  void load(Path archive) {
    script("node", archive.toAbsolutePath().toString());
  }

  /** Packs a program without dependencies into an image and imports it into the node. */
  void load(Path program, String name) {
    var archive = state.resolve(program.getFileName() + ".tar");
    script("image", archive.toString(), name, "/program", program + "=/program");
    load(archive);
  }

  /** The file that programs take as KUBECONFIG. */
  Path kubeconfigFile() {
    return state.resolve("admin.kubeconfig");
  }

  /** Port of the API server. */
  int port() {
    try {
      return Integer.parseInt(Files.readString(state.resolve("port")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this machine has the cluster's programs, or can compile them. */
  static Output availability() {
    return run(List.of(SCRIPT.toAbsolutePath().toString(), "build", "--check"));
  }

  /** What a program said and how it ended. */
  record Output(int exitCode, String text) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /**
   * A client of an operator by that name, which may do what the chart grants.
   *
   * @return the caller's to close
   */
  KubernetesClient operatorClient(String user) {
    return KubernetesClients.tolerant(Config.fromKubeconfig(operatorKubeconfig(user)));
  }

  /** The content of a kubeconfig for an operator by that name, with the rights of the chart. */
  String operatorKubeconfig(String user) {
    return kubeconfig(user, OperatorRights.GROUP);
  }

  /** Operators may elect a leader in that namespace. */
  void grantElection(String namespace) {
    asAdmin(admin -> OperatorRights.grantElection(admin, namespace));
  }

  /**
   * A client of a user by that name, whom the audit log knows.
   *
   * @return the caller's to close
   */
  KubernetesClient client(String user) {
    return KubernetesClients.tolerant(Config.fromKubeconfig(kubeconfig(user)));
  }

  /** The content of a kubeconfig for a user by that name. */
  String kubeconfig(String user) {
    return kubeconfig(user, EVERYTHING);
  }

  private String kubeconfig(String user, String group) {
    return script("kubeconfig", "--user", user, "--groups", group);
  }

  private void asAdmin(Consumer<KubernetesClient> work) {
    try (var admin = client("admin")) {
      work.accept(admin);
    }
  }

  /** Runs kubectl as a person at a terminal would; returns what it printed. */
  String kubectl(String... arguments) {
    var output = tryKubectl(arguments);
    if (!output.succeeded()) {
      throw new IllegalStateException(
          "kubectl %s: %s".formatted(String.join(" ", arguments), output.text()));
    }
    return output.text();
  }

  /** Runs kubectl, which may fail. */
  Output tryKubectl(String... arguments) {
    var command = command("kubectl");
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** What the API server was asked for so far, by users that are not Kubernetes itself. */
  AuditLog audit() {
    return new AuditLog(state.resolve("log/audit.log"));
  }

  /** The control plane answers nobody until the silence is closed. */
  Silence silence() {
    var process = process();
    signal("STOP", process);
    return () -> signal("CONT", process);
  }

  /** See {@link #silence}. */
  interface Silence extends AutoCloseable {
    @Override
    void close();
  }

  private static void signal(String name, ProcessHandle process) {
    var output = run(List.of("kill", "-" + name, Long.toString(process.pid())));
    if (!output.succeeded()) {
      throw new IllegalStateException(output.text());
    }
  }

  /** The process that is etcd, API server, controller manager and scheduler. */
  ProcessHandle process() {
    try {
      long pid = Long.parseLong(Files.readString(state.resolve("pid/control-plane")).strip());
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it, and keeps its logs below {@code target/kubernetes}. */
  @Override
  public void close() {
    script("down", "--keep-logs");
  }

  private String script(String... arguments) {
    var command = command(arguments);
    var output = run(command);
    if (!output.succeeded()) {
      throw new IllegalStateException(String.join(" ", command) + "\n" + output.text());
    }
    return output.text();
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.addAll(List.of(SCRIPT.toAbsolutePath().toString(), "--state", state.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Output run(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while %s ran".formatted(command), e);
    }
  }

  private static Path freshState() {
    try {
      var folder = Files.createDirectories(Path.of("target/kubernetes").toAbsolutePath());
      return Files.createTempDirectory(folder, "run");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
