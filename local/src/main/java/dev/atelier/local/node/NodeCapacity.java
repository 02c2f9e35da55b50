package dev.atelier.local.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What pods may ask for at once.
 *
 * @param cpus cores, against the sum of {@code resources.requests.cpu}
 * @param gpus devices, against the sum of {@code resources.limits["nvidia.com/gpu"]}
 * @param pods how many may run at once, whatever they ask for
 */
public record NodeCapacity(double cpus, int gpus, int pods) {
  /**
   * The cores of this machine and the GPUs that {@code nvidia-smi -L} lists (none without it). Two
   * pods at least, so that an erasure does not wait for a training.
   */
  public static NodeCapacity detect() {
    int cores = Runtime.getRuntime().availableProcessors();
    int gpus = listedGpus();
    return new NodeCapacity(cores, gpus, Math.max(Math.max(2, gpus + 1), cores / 4));
  }

  private static int listedGpus() {
    try {
      Process process = new ProcessBuilder("nvidia-smi", "-L").redirectErrorStream(true).start();
      String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0
          ? (int) lines.lines().filter(l -> l.startsWith("GPU ")).count()
          : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
