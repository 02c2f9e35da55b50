package dev.atelier.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod starts where its requests fit, and waits elsewhere. */
class PodSchedulingTest {
  @AutoClose private final NodeHarness harness;

  PodSchedulingTest(@TempDir Path state) {
    harness = new NodeHarness(state);
  }

  @Test
  void aPodThatDoesNotFitWaitsUntilAnotherEnds() {
    harness.run("first", List.of("checkpoint"), cpus("3"));
    Pod first = harness.awaitWorking("first");
    harness.run("second", List.of("exit", "0"), cpus("2"));
    await()
        .until(
            () ->
                harness
                    .unscheduled("second")
                    .equals("0/1 nodes are available: 1 Insufficient cpu."));
    harness.client().resource(harness.job("first")).delete();
    assertThat(harness.awaitEnd("second").getStatus().getSucceeded()).isEqualTo(1);
    assertThat(harness.node().process("default", first.getMetadata().getName())).isEmpty();
  }

  @Test
  void aPodThatWantsAGpuWaitsOnAMachineWithout() {
    harness.run(
        "gpu",
        List.of("exit", "0"),
        job ->
            job.editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits("nvidia.com/gpu", new Quantity("1"))
                .endResources()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec());
    await()
        .until(
            () ->
                harness
                    .unscheduled("gpu")
                    .equals("0/1 nodes are available: 1 Insufficient nvidia.com/gpu."));
    harness.client().resource(harness.job("gpu")).delete();
    await().until(() -> harness.pods("gpu").isEmpty());
  }

  private static Consumer<JobBuilder> cpus(String cores) {
    return job ->
        job.editSpec()
            .editTemplate()
            .editSpec()
            .editFirstContainer()
            .withNewResources()
            .addToRequests("cpu", new Quantity(cores))
            .endResources()
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec();
  }
}
