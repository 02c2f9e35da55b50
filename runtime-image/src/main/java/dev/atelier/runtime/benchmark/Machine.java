package dev.atelier.runtime.benchmark;

import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the times depend on besides the code. */
record Machine(String processor, int processors, int threads, String software) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  static Machine of(Torch torch) {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        torch.threads(),
        "%s, Java %s, %s %s"
            .formatted(
                Torch.version(),
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch")));
  }

  String line() {
    return "%s, %d processors, %d threads, float32; %s"
        .formatted(processor, processors, threads, software);
  }

  private static String processorName() {
    try (var lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }
}
