package dev.atelier.runtime.stage;

import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a pipeline may hold: the GPU's free memory, or on the CPU what the pod may use less what the
 * JVM takes. It depends on the machine and the pod alone, not on what else runs now: a restarted
 * pod works in the same way and gives the same clips.
 */
final class MemoryBudget {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");
  private static final Path POD_LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Path MACHINE = Path.of("/proc/meminfo");
  private static final String TOTAL = "MemTotal:";

  /** Of the engine, its code and what it caches. */
  private static final long ENGINE = 512L << 20;

  private MemoryBudget() {}

  /** Bytes for weights and intermediate results. */
  static long of(Torch torch) {
    if (torch.isOnGpu()) {
      return Torch.freeGpuMemory().orElseGet(MemoryBudget::unknown);
    }
    long machine = number(MACHINE).orElse(Long.MAX_VALUE);
    long pod = number(POD_LIMIT).orElse(Long.MAX_VALUE);
    long heap = Runtime.getRuntime().maxMemory();
    return Math.max(ENGINE, Math.min(machine, pod) - heap - ENGINE);
  }

  private static long unknown() {
    LOG.warn(
        "the driver does not tell the GPU's free memory: the plan below is not held against it");
    return Long.MAX_VALUE;
  }

  /** Bytes that a file of Linux tells; empty where there is no limit or no such file. */
  private static OptionalLong number(Path file) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(TOTAL) || line.matches("\\d+"))
          .mapToLong(MemoryBudget::bytes)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static long bytes(String line) {
    return line.startsWith(TOTAL)
        ? 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""))
        : Long.parseLong(line);
  }
}
