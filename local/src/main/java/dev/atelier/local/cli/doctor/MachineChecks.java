package dev.atelier.local.cli.doctor;

import dev.atelier.local.cli.view.ByteSize;
import java.nio.file.Path;

/** Java, memory and cores. */
final class MachineChecks {

  private static final long GIB = 1L << 30;

  private MachineChecks() {}

  static Finding java(Runtime.Version version, Path home) {
    var fact = version + " at " + home;
    return version.feature() >= 17
        ? Finding.ok("java", fact)
        : Finding.fail("java", fact, "Set JAVA_HOME to a JDK 17 or newer.");
  }

  static Finding memory(long bytes) {
    var fact = ByteSize.words(bytes);
    if (bytes < 3 * GIB) {
      return Finding.fail(
          "memory", fact, "The sample needs 3 GiB; close programs or raise the container's limit.");
    }
    return bytes < 6 * GIB
        ? Finding.warn(
            "memory", fact, "Enough for the sample; Stable Diffusion needs 16 GiB on the CPU.")
        : Finding.ok("memory", fact);
  }

  static Finding cores(int cores) {
    return cores < 2
        ? Finding.warn(
            "cores", Integer.toString(cores), "One core works, at less than half the speed.")
        : Finding.ok("cores", Integer.toString(cores));
  }
}
