package dev.atelier.local.node;

import dev.atelier.stage.PodVariable;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts the process of a pod: mounts, environment, command. */
final class PodLauncher {
  private final KubernetesClient client;
  private final NodeSettings settings;
  private final Clock clock;

  PodLauncher(KubernetesClient client, NodeSettings settings, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  Claims claims() {
    return new Claims(client, settings.volumes());
  }

  /**
   * Starts it.
   *
   * @throws PodNotReady if something it needs is not there yet
   * @throws IOException if the process does not start
   */
  RunningPod launch(Pod pod, String ip, Placement.Share share) throws IOException {
    var metadata = pod.getMetadata();
    PodFiles files = settings.pod(metadata.getNamespace(), metadata.getName());
    Container container = onlyContainer(pod);
    ConfigData data = new ConfigData(client, metadata.getNamespace());
    new PodMounts(pod, files, data, claims()).make(container);
    Map<String, String> environment = new LinkedHashMap<>(settings.environment());
    environment.put(PodVariable.POD_IP.variable(), ip);
    environment.put("HOSTNAME", metadata.getName());
    environment.put("CUDA_VISIBLE_DEVICES", devices(share));
    environment.putAll(PodEnvironment.of(pod, container, ip, data));
    environment.put(PodVariable.ROOT.variable(), files.root().toString());
    environment.put(
        PodVariable.PARENT_PID.variable(), Long.toString(ProcessHandle.current().pid()));
    List<String> argv =
        settings.command().argv(container).stream()
            .map(word -> PodEnvironment.expand(word, environment))
            .toList();
    PodProcess process = PodProcess.start(argv, environment, files, clock.instant());
    String key = metadata.getNamespace() + "/" + metadata.getName();
    return new RunningPod(key, container, files, process, ip, share);
  }

  private static Container onlyContainer(Pod pod) {
    var spec = pod.getSpec();
    if (spec.getContainers().size() != 1 || !spec.getInitContainers().isEmpty()) {
      throw PodNotReady.unsupported(
          "a workstation runs pods of one container, and no init containers");
    }
    return spec.getContainers().get(0);
  }

  private static String devices(Placement.Share share) {
    return share.devices().stream().map(i -> Integer.toString(i)).collect(Collectors.joining(","));
  }
}
