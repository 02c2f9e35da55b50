package dev.atelier.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.RuntimeStatus;
import dev.atelier.operator.testing.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeDecisionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gpu: {count: 1} | gpu: {count: 1} | true | Available | StableDiffusion on nvidia.com/gpu",
        "gpu: {count: 1} | gpu: {count: 0} | true | Available | on the CPU",
        "gpu: {count: 1} | gpu: {count: 2} | false | NotSupported | spec.gpu.count: 1",
        "family: StableDiffusion | family: Wan | true | Available | Wan on nvidia.com/gpu",
        "precision: Float32 | precision: BFloat16 | true | Available | in BFloat16",
        "gpu: {count: 1} | perception: {faceEmbedding: {model: arcface}} | false | InvalidSpec | set samePersonMaxDistance",
        "image: registry.example/atelier-runtime:0.1.0 | allowedNamespaces: [] | false | InvalidSpec | spec.image is empty",
      })
  void aSpecIsUsableOrTheMessageSaysWhatToWrite(
      String target, String replacement, boolean usable, String reason, String message) {
    var runtime = Resources.runtime(target, replacement);

    var decision = RuntimeDecision.of(runtime.getSpec(), "");

    assertThat(decision.usable()).isEqualTo(usable);
    assertThat(decision.reason().name()).isEqualTo(reason);
    assertThat(decision.message()).contains(message);
  }

  @Test
  void anInstallationsImageServesRuntimesThatNameNone() {
    var runtime =
        Resources.runtime("image: registry.example/atelier-runtime:0.1.0", "allowedNamespaces: []");

    assertThat(RuntimeDecision.of(runtime.getSpec(), "runtime:1").usable()).isTrue();
  }

  @Test
  void anUnusableRuntimeStallsUntilItsSpecIsMended() {
    var runtime = Resources.runtime("gpu: {count: 1}", "gpu: {count: 2}");
    var broken = status(runtime);
    assertThat(ConditionSet.isTrue(broken.conditions(), ConditionType.Stalled)).isTrue();
    assertThat(broken.observedGeneration()).isEqualTo(1);
    assertThat(broken.inUseBy()).isEqualTo(3);

    var mended = Resources.runtime();
    mended.setStatus(broken);
    var ready = status(mended);

    assertThat(ConditionSet.isTrue(ready.conditions(), ConditionType.Ready)).isTrue();
    assertThat(ConditionSet.find(ready.conditions(), ConditionType.Stalled)).isEmpty();
  }

  private static RuntimeStatus status(DiffusionRuntime runtime) {
    return NextRuntimeStatus.of(
        runtime, new RuntimeObserved(3), RuntimeDecision.of(runtime.getSpec(), ""), Resources.NOON);
  }
}
