package dev.atelier.e2e;

import dev.atelier.local.node.NodeCapacity;
import dev.atelier.local.node.NodeSettings;
import dev.atelier.local.workstation.Applier;
import dev.atelier.local.workstation.ManifestFiles;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.StateDirectory;
import dev.atelier.local.workstation.VolumePaths;
import dev.atelier.local.workstation.WorkstationPlatform;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;

/** The embedded API, operator and node of {@code atelier run}; pods are processes. */
final class WorkstationControlPlane implements ControlPlane {

  static final Path SAMPLES = Path.of("../samples").toAbsolutePath().normalize();

  private final StateDirectory state;
  private final WorkstationPlatform platform;

  private WorkstationControlPlane(StateDirectory state) {
    this.state = state;
    platform = WorkstationPlatform.open(state, node(state), Clock.systemUTC());
    platform.start();
  }

  /** One with everything below a folder. */
  static WorkstationControlPlane in(Path folder) {
    return new WorkstationControlPlane(new StateDirectory(folder.resolve("state")).create());
  }

  /** Stories play side by side, so each pod has one core. */
  private static NodeSettings node(StateDirectory state) {
    var node = WorkstationPlatform.node(state);
    var environment = new HashMap<>(node.environment());
    environment.put("OMP_NUM_THREADS", "1");
    return new NodeSettings(
        node.state(),
        node.command(),
        new NodeCapacity(64, 0, Math.max(2, Runtime.getRuntime().availableProcessors())),
        node.jobBackoff(),
        node.recheck(),
        node.orphanGrace(),
        environment);
  }

  @Override
  public KubernetesClient client() {
    return platform.client();
  }

  @Override
  public void provideVolumes() {
    var refusals = new Applier(client()).apply(ManifestFiles.read(volumes()));
    if (!refusals.isEmpty()) {
      throw new IllegalStateException(refusals.toString());
    }
  }

  private static List<Path> volumes() {
    return List.of(
        SAMPLES.resolve("headshot/00-volumes.yaml"), SAMPLES.resolve("headshot/10-runtime.yaml"));
  }

  @Override
  public Path volume(String claim) {
    var claims =
        client().persistentVolumeClaims().inNamespace("default").list().getItems().stream()
            .map(found -> new Resource(Serialization.jsonMapper().valueToTree(found)))
            .toList();
    return new VolumePaths(state, claims).folder("default", claim);
  }

  @Override
  public Path freshVolume(String claim) {
    try {
      return Files.createDirectories(volume(claim));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void killProcess(Pod pod) {
    var metadata = pod.getMetadata();
    platform
        .process(metadata.getNamespace(), metadata.getName())
        .orElseThrow(() -> new IllegalStateException(metadata.getName() + " has no process"))
        .destroyForcibly();
  }

  @Override
  public void restartOperator() {
    platform.restartOperator();
  }

  @Override
  public void close() {
    platform.stop();
    platform.close();
  }
}
