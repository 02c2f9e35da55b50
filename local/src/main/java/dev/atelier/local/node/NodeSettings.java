package dev.atelier.local.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the node works.
 *
 * @param state the state directory; {@code pods} and {@code volumes} are made below it
 * @param command what pods run
 * @param capacity what pods may ask for at once
 * @param jobBackoff the first delay after a pod failed; it doubles up to six minutes
 * @param recheck how often a pod is looked at that waits for something that is missing
 * @param orphanGrace how long processes of a crashed node may take to write their checkpoints
 * @param environment what pods inherit from the machine; a pod's own variables come first
 */
public record NodeSettings(
    Path state,
    PodCommand command,
    NodeCapacity capacity,
    Duration jobBackoff,
    Duration recheck,
    Duration orphanGrace,
    Map<String, String> environment) {
  private static final List<String> INHERITED =
      List.of(
          "PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "DJL_CACHE_DIR");

  /** The settings of {@code atelier run}: one second back-off, the machine's own capacity. */
  public static NodeSettings of(Path state, PodCommand command) {
    return new NodeSettings(
        state.toAbsolutePath(),
        command,
        NodeCapacity.detect(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        inherited());
  }

  /**
   * From this process. To them come as many OpenMP threads as there are cores, which soon sleep
   * when they wait for one another: with another process on one of two cores a step takes many
   * times as long otherwise; and a malloc with one arena that keeps freed pages: a third of the
   * time of libtorch on CPU is page faults otherwise (arenas of threads give theirs back all the
   * same).
   */
  private static Map<String, String> inherited() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().retainAll(INHERITED);
    environment.put(
        "OMP_NUM_THREADS", Integer.toString(Runtime.getRuntime().availableProcessors()));
    environment.put("GOMP_SPINCOUNT", "1000");
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_MAX_", "0");
    environment.put("MALLOC_TRIM_THRESHOLD_", "100000000000");
    return Map.copyOf(environment);
  }

  /** The same with another first delay after a failure. */
  public NodeSettings withJobBackoff(Duration backoff) {
    return new NodeSettings(state, command, capacity, backoff, recheck, orphanGrace, environment);
  }

  /** The same with another capacity. */
  public NodeSettings withCapacity(NodeCapacity other) {
    return new NodeSettings(state, command, other, jobBackoff, recheck, orphanGrace, environment);
  }

  /** Where all pods' folders are. */
  Path pods() {
    return state.resolve("pods");
  }

  /** Where the volumes of claims are that name no folder of their own. */
  Path volumes() {
    return state.resolve("volumes");
  }

  /** The folder of a pod. */
  public PodFiles pod(String namespace, String name) {
    return new PodFiles(pods().resolve(namespace).resolve(name));
  }

  /** The process of a pod, if it has one now. */
  Optional<ProcessHandle> process(String namespace, String pod) {
    return PidFile.read(pod(namespace, pod).pid()).flatMap(PidFile::process);
  }
}
