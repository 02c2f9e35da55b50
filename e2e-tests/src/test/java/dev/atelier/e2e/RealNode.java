package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A cluster with a real kubelet and containerd that has imported our images. Everything in it is
 * done by helm and kubectl, as by a platform team.
 */
final class RealNode implements AutoCloseable {

  /** Where the operator is installed. */
  static final String SYSTEM = "atelier-system";

  /** Where its users work. */
  static final String STUDIO = "studio";

  private static final Predicate<Path> SOME =
      photo -> photo.getFileName().toString().matches("IMG_200[1-5]\\..*");
  private static final Path SAMPLE = WorkstationControlPlane.SAMPLES.resolve("headshot");
  private static final Path RESOURCES = Path.of("src/test/resources/node");
  private static final Path TOOLS = Path.of("tools");

  final TestCluster cluster;
  final KubernetesClient admin;
  private final Path folder;
  private final Path helm;

  private RealNode(TestCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
    helm = tool("install-helm");
    cluster.node();
    cluster.load(image("operator"));
    cluster.load(image("runtime-image"));
    cluster.load(tool("install-versitygw"), "docker.io/atelier/versitygw:1");
    admin = cluster.client("admin");
  }

  static RealNode start() {
    var cluster = TestCluster.bare();
    try {
      var folders = Files.createDirectories(Path.of("target/node").toAbsolutePath());
      return new RealNode(cluster, Files.createTempDirectory(folders, "run"));
    } catch (IOException e) {
      cluster.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The namespaces, the sample's model and a few photos on claims. */
  void furnish() {
    namespace(SYSTEM);
    namespace(STUDIO);
    copySample("models", claim(STUDIO, "models"), any -> true);
    copyPhotos(claim(STUDIO, "some-photos"));
  }

  /** The same with the operator, a claim for artifacts and the base models. */
  void furnishAndInstall() {
    furnish();
    claim(STUDIO, "artifacts");
    install("install", "../helm/atelier");
    installRuntimes();
  }

  /** Installs the operator, or upgrades it, and waits until it is ready. */
  void install(String verb, String chart) {
    chart(verb, chart, "--wait", "--timeout", "180s");
  }

  /** Installs an earlier chart; its roles may lack what the image of today asks for. */
  void installEarlier(String chart) {
    chart("install", chart);
  }

  private void chart(String verb, String chart, String... options) {
    var command = new ArrayList<>(List.of(verb, "atelier", chart, "-n", SYSTEM));
    command.addAll(
        List.of(
            "--set",
            "networkPolicy.apiServerPorts={%d}".formatted(cluster.port()),
            "--set",
            "operator.progressSeconds=1"));
    command.addAll(List.of(options));
    helm(command.toArray(String[]::new));
  }

  /** Base models on claims, in an object store, and on a GPU. */
  void installRuntimes() {
    helm(
        "install",
        "runtimes",
        "../helm/atelier-runtimes",
        "-n",
        SYSTEM,
        "-f",
        RESOURCES.resolve("runtimes.yaml").toString());
  }

  /** A resource of the namespace of users, on a runtime. */
  static String inStudio(String yaml, String runtime) {
    return yaml.replace("namespace: default", "namespace: " + STUDIO)
        .replace("{name: tiny-portrait}", "{name: %s}".formatted(runtime));
  }

  /** A few of Ana's photos. */
  void copyPhotos(Path to) {
    copySample("photos/ana", to, SOME);
  }

  /** Where files of this run may be left. */
  Path folder() {
    return folder;
  }

  /** Runs helm and expects it to succeed. */
  String helm(String... arguments) {
    var command = new ArrayList<>(List.of(helm.toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  String kubectl(String... arguments) {
    return cluster.kubectl(arguments);
  }

  /** {@code kubectl apply -f} of one of the test's files. */
  void applyFile(String name) {
    kubectl("apply", "-f", RESOURCES.resolve(name).toString());
  }

  /** A namespace that enforces the restricted Pod Security Standard. */
  private void namespace(String name) {
    kubectl("create", "namespace", name);
    kubectl("label", "namespace", name, "pod-security.kubernetes.io/enforce=restricted");
  }

  /** A bound claim whose volume is a folder of the node, which is this machine. */
  Path claim(String namespace, String name) {
    var volume = create(folder.resolve(namespace).resolve(name));
    var yaml =
        resource("claim.yaml")
            .replace("NAMESPACE", namespace)
            .replace("NAME", name)
            .replace("FOLDER", volume.toString());
    admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).create();
    return volume;
  }

  /** Copies a folder of the sample: the kubelet changes the owner of what a volume holds. */
  private void copySample(String from, Path to, Predicate<Path> which) {
    var source = SAMPLE.resolve(from);
    try (var files = Files.walk(source)) {
      for (var file : files.filter(Files::isRegularFile).filter(which).toList()) {
        var target = to.resolve(source.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    admin.close();
    cluster.close();
  }

  private String run(List<String> command) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("KUBECONFIG", cluster.kubeconfigFile().toString());
      var process = builder.start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s%n%s", String.join(" ", command), text).isZero();
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path tool(String script) {
    var lines = run(List.of(TOOLS.resolve(script).toAbsolutePath().toString())).strip().lines();
    return Path.of(lines.reduce((first, last) -> last).orElseThrow());
  }

  private static Path image(String module) {
    var archive = Path.of("..", module, "target", "jib-image.tar");
    assertThat(archive).as("made by mvn -Pimages").exists();
    return archive;
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try {
      return Files.readString(RESOURCES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
