package dev.atelier.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.stage.GateInput;
import dev.atelier.stage.PerceptionInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final Reading IDENTITY = new Reading.Measured("IdentitySimilarity", 0.61, "");
  private static final Reading CLIP =
      LargeModelMetrics.of("ClipText", withoutLargeModels()).orElseThrow();

  @Test
  void noBoundsAreNoGate() {
    assertThat(Gate.decide(List.of(), List.of(IDENTITY))).isInstanceOf(GateDecision.None.class);
  }

  @Test
  void aMetricWithinItsBoundsPasses() {
    var bounds =
        List.of(
            new GateInput("IdentitySimilarity", 0.61, null),
            new GateInput("IdentitySimilarity", null, 0.61));

    assertThat(Gate.decide(bounds, List.of(IDENTITY))).isInstanceOf(GateDecision.Passed.class);
  }

  @Test
  void aMetricBelowItsBoundFailsWithBothNumbers() {
    var decision =
        Gate.decide(List.of(new GateInput("IdentitySimilarity", 0.7, null)), List.of(IDENTITY));

    assertThat(findings(decision))
        .containsExactly("IdentitySimilarity is 0.6100, at least 0.7 is needed");
  }

  @Test
  void aMetricAboveItsBoundFailsToo() {
    var decision =
        Gate.decide(
            List.of(new GateInput("Memorisation", null, 0.9)),
            List.of(new Reading.Measured("Memorisation", 0.95, "")));

    assertThat(findings(decision))
        .containsExactly("Memorisation is 0.9500, at most 0.9 is allowed");
  }

  @Test
  void aGateOnAMetricWithoutItsModelFailsAndNamesTheModelToConfigure() {
    var decision = Gate.decide(List.of(new GateInput("ClipText", 0.27, null)), List.of(CLIP));

    assertThat(findings(decision))
        .singleElement()
        .asString()
        .contains("ClipText was not measured", "spec.perception.clip.source", "DiffusionRuntime");
    assertThat(CLIP.text()).isEqualTo("NotMeasured");
  }

  @Test
  void aNumberThatIsNoneNeverPasses() {
    var decision =
        Gate.decide(
            List.of(new GateInput("IdentitySimilarity", 0.0, null)),
            List.of(new Reading.Measured("IdentitySimilarity", Double.NaN, "")));

    assertThat(findings(decision)).containsExactly("IdentitySimilarity is not a number");
  }

  @Test
  void everyBoundThatIsNotKeptIsListed() {
    var bounds =
        List.of(
            new GateInput("IdentitySimilarity", 0.9, null), new GateInput("ClipText", 0.2, null));

    assertThat(findings(Gate.decide(bounds, List.of(IDENTITY, CLIP)))).hasSize(2);
  }

  private static List<String> findings(GateDecision decision) {
    return ((GateDecision.Failed) decision).findings();
  }

  private static PerceptionInput withoutLargeModels() {
    return new PerceptionInput(
        new PerceptionInput.FaceDetector("mtcnn", null, List.of(0.6, 0.7, 0.7)),
        new PerceptionInput.FaceEmbedding("dlib128", null, 0.6),
        new PerceptionInput.Nudity("open_nsfw", null, 0.8, 0.3),
        null,
        null,
        null,
        null,
        null);
  }
}
