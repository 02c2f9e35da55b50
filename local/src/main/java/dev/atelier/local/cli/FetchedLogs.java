package dev.atelier.local.cli;

import dev.atelier.local.workstation.Resource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The logs of a cluster's pods, copied to files of this machine as they grow. */
final class FetchedLogs implements LogFiles {

  private static final Set<String> SILENT = Set.of("", "Pending", "Unknown");

  private final KubernetesClient client;
  private final boolean follow;
  private final Path folder;
  private final Map<String, Path> started = new HashMap<>();

  /**
   * @param client closed with this
   * @param follow whether to go on copying
   */
  FetchedLogs(KubernetesClient client, boolean follow) {
    this.client = client;
    this.follow = follow;
    try {
      this.folder = Files.createTempDirectory("atelier-logs");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for logs", e);
    }
  }

  @Override
  public Path of(Resource pod) {
    var file = folder.resolve(pod.uid() + ".log");
    if (!SILENT.contains(pod.status().path("phase").asText())
        && started.putIfAbsent(pod.uid(), file) == null) {
      fetch(pod, file);
    }
    return file;
  }

  @Override
  public void close() {
    client.close();
    try {
      for (var file : started.values()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  private void fetch(Resource pod, Path file) {
    var handle = client.pods().inNamespace(pod.namespace()).withName(pod.name());
    try {
      if (follow) {
        handle.watchLog(Files.newOutputStream(file));
      } else {
        Files.writeString(file, handle.getLog());
      }
    } catch (KubernetesClientException e) {
      // The node may be gone, or the container not there yet: the next look asks again.
      started.remove(pod.uid());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
