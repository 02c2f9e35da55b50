package dev.atelier.local.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Prints logs as they grow, until nothing runs any more or the run ends. */
final class LogFollower {

  private static final Duration LOOK = Duration.ofMillis(300);

  private final Supplier<List<PodLog>> logs;
  private final BooleanSupplier ended;
  private final LogPrinter printer;
  private final Interrupts pause;

  /**
   * @param logs of the pods that run now
   * @param ended whether no further pods will come
   * @param pause between two looks
   */
  LogFollower(
      Supplier<List<PodLog>> logs, BooleanSupplier ended, LogPrinter printer, Interrupts pause) {
    this.logs = logs;
    this.ended = ended;
    this.printer = printer;
    this.pause = pause;
  }

  void follow() {
    List<PodLog> seen = List.of();
    boolean more = true;
    while (more) {
      try {
        more = !ended.getAsBoolean();
        // What ran a moment ago may have said its last words since.
        seen.forEach(printer::show);
        seen = logs.get();
        seen.forEach(printer::show);
        more &= !pause.await(LOOK);
      } catch (KubernetesClientException e) {
        // The run ended, and its API with it.
        more = false;
      }
    }
    seen.forEach(printer::show);
  }
}
