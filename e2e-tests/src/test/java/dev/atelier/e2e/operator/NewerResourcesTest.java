package dev.atelier.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.local.cluster.ResourceAdmission;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Resources that a newer release wrote must not stop the work for all others. */
class NewerResourcesTest {

  @AutoClose private final OperatorBench bench = OperatorBench.open(ResourceAdmission.always());
  private final Lives lives = new Lives(bench);

  @Test
  void unknownFieldsAndValuesLeaveTheOthersAlone() {
    bench.apply(Yaml.RUNTIME);
    bench.raw(
        Yaml.generation("newer", "ana")
            .replace("kind: HeadshotModel, name", "kind: AudioModel, name")
            .replace("samplesPerPrompt: 2", "samplesPerPrompt: 2\n  tempo: 120"));
    bench.untilGeneration("newer", "NotSupported");
    bench.raw(Yaml.model("empty").replaceAll("(?s)spec:.*", "spec: {}\n"));

    bench.apply(Yaml.model("ana"));
    bench.apply(Yaml.generation("suits", "ana"));

    lives.job("ana-intake-");
    bench.untilGeneration("suits", "ModelNotReady");
    bench.restart();
    bench.until("all again", () -> bench.started("HeadshotModel") >= 2);
    assertThat(bench.kubelet.job("ana-intake-")).isPresent();
    assertThat(bench.untilRuntime("sd15", "Available").getStatus().inUseBy()).isGreaterThan(0);
  }
}
