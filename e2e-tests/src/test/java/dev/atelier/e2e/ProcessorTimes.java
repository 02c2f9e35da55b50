package dev.atelier.e2e;

import java.time.Duration;

/**
 * Processor time of the programs of a run: unlike its duration it hardly depends on what else the
 * machine does.
 *
 * @param controlPlane etcd, API server, controllers and scheduler, which are one process
 * @param clients this process: who makes the models, and the played kubelets
 */
record ProcessorTimes(Duration operator, Duration controlPlane, Duration clients) {

  /** All so far. */
  static ProcessorTimes now(OperatorProcess operator, TestCluster cluster) {
    return new ProcessorTimes(
        operator.processorTime(), of(cluster.process()), of(ProcessHandle.current()));
  }

  ProcessorTimes since(ProcessorTimes before) {
    return new ProcessorTimes(
        operator.minus(before.operator),
        controlPlane.minus(before.controlPlane),
        clients.minus(before.clients));
  }

  /** The share of one of so many models. */
  String each(int models) {
    return "%.1f, %.1f, %.1f ms"
        .formatted(
            1.0 * operator.toMillis() / models,
            1.0 * controlPlane.toMillis() / models,
            1.0 * clients.toMillis() / models);
  }

  private static Duration of(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow();
  }
}
