package dev.atelier.e2e;

import dev.atelier.local.node.NodeSettings;
import dev.atelier.local.node.ProcessKubelet;
import dev.atelier.local.workstation.RuntimePods;
import dev.atelier.operator.AtelierOperator;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.job.Isolation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A real API server, scheduler, Job controller and garbage collector; the operator in this JVM; one
 * node whose pods are processes of this machine.
 */
final class KubernetesControlPlane implements ControlPlane {

  private static final String NODE = "processes";
  private static final OperatorSettings SETTINGS =
      new OperatorSettings(
          "atelier-runtime",
          Set.of(),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          4,
          0,
          false,
          "default",
          Optional.of(new Isolation("default", Set.of())));

  private final TestCluster cluster;
  private final KubernetesClient admin;
  private final KubernetesClient node;
  private final KubernetesClient operatorClient;
  private final SampleVolumes volumes;
  private final ProcessKubelet kubelet;
  private AtelierOperator operator;

  private KubernetesControlPlane(TestCluster cluster, Path folder) {
    this.cluster = cluster;
    admin = cluster.client("admin");
    node = cluster.client("node");
    operatorClient = cluster.operatorClient("operator");
    volumes = new SampleVolumes(admin, folder.resolve("volumes"));
    kubelet = ProcessKubelet.join(node, NODE, settings(folder), Clock.systemUTC());
    operator = AtelierOperator.start(operatorClient, SETTINGS, Clock.systemUTC());
  }

  /** Takes the cluster over: it is closed with this. */
  static KubernetesControlPlane on(TestCluster cluster) {
    try {
      var folder = Files.createDirectories(Path.of("target/stories").toAbsolutePath());
      return new KubernetesControlPlane(cluster, Files.createTempDirectory(folder, "kubernetes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NodeSettings settings(Path folder) {
    return NodeSettings.of(folder, RuntimePods.ofThisProcess());
  }

  @Override
  public KubernetesClient client() {
    return admin;
  }

  @Override
  public void provideVolumes() {
    volumes.provide();
  }

  @Override
  public Path volume(String claim) {
    return volumes.folder(claim);
  }

  @Override
  public Path freshVolume(String claim) {
    return volumes.fresh(claim);
  }

  @Override
  public void killProcess(Pod pod) {
    var metadata = pod.getMetadata();
    kubelet.process(metadata.getNamespace(), metadata.getName()).orElseThrow().destroyForcibly();
  }

  @Override
  public void restartOperator() {
    operator.close();
    operator = AtelierOperator.start(operatorClient, SETTINGS, Clock.systemUTC());
  }

  @Override
  public void close() {
    operator.close();
    kubelet.close();
    List.of(operatorClient, node, admin).forEach(KubernetesClient::close);
    cluster.close();
  }
}
