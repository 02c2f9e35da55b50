package dev.atelier.local.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process may use of the machine; the limits of a container count. */
record Machine(long memoryBytes, int cores) {

  static Machine ofProcess() {
    long memory =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
            ? bean.getTotalMemorySize()
            : 0;
    return new Machine(memory, Runtime.getRuntime().availableProcessors());
  }
}
