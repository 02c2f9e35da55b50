package dev.atelier.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.GateRule;
import dev.atelier.api.Metric;
import dev.atelier.api.ModelSource;
import dev.atelier.api.PerceptionSpec;
import dev.atelier.api.PerceptionSpec.FaceDetector;
import dev.atelier.api.PerceptionSpec.FaceEmbedding;
import dev.atelier.api.PvcSource;
import dev.atelier.api.Reason;
import dev.atelier.stage.GateInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a rule of a gate means that names no number. */
class GateBoundsTest {

  private static final PerceptionSpec SHIPPED =
      new PerceptionSpec(null, null, null, null, null, null, null);

  private static final PerceptionSpec WITH_CLIP = withClip("0.24");

  @Test
  void aRuleThatNamesOnlyItsMetricTakesTheBoundOfTheModelThatShips() {
    var rules =
        Stream.of(
                Metric.IdentitySimilarity,
                Metric.FaceDetectionRate,
                Metric.Memorisation,
                Metric.Diversity)
            .map(GateBoundsTest::open)
            .toList();

    assertThat(GateBounds.obstacle(rules, SHIPPED)).isEmpty();
    assertThat(GateBounds.of(rules, SHIPPED))
        .containsExactly(
            new GateInput("IdentitySimilarity", 0.5, null),
            new GateInput("FaceDetectionRate", 0.9, null),
            new GateInput("Memorisation", null, 0.9),
            new GateInput("Diversity", 0.1, null));
  }

  @Test
  void aRuleWithANumberIsLeftAsItIs() {
    var rule = new GateRule(Metric.IdentitySimilarity, null, "0.95");

    assertThat(GateBounds.of(List.of(rule), SHIPPED))
        .containsExactly(new GateInput("IdentitySimilarity", null, 0.95));
  }

  @Test
  void withAnotherModelThereIsNoDefaultAndTheFieldIsNamed() {
    var other =
        new PerceptionSpec(
            null, new FaceEmbedding("arcface", null, "1.1"), null, null, null, null, null);

    var found = GateBounds.obstacle(List.of(open(Metric.IdentitySimilarity)), other).orElseThrow();

    assertThat(found.reason()).isEqualTo(Reason.InvalidSpec);
    assertThat(found.message())
        .isEqualTo(
            "evaluation.gate: the default bound of IdentitySimilarity is that of dlib128 as it ships, and the DiffusionRuntime's spec.perception.faceEmbedding is another model; measure it and set min or max");
    assertThat(GateBounds.obstacle(List.of(open(Metric.FaceDetectionRate)), other)).isEmpty();
    assertThat(
            GateBounds.obstacle(
                List.of(new GateRule(Metric.IdentitySimilarity, "0.4", null)), other))
        .isEmpty();
  }

  @Test
  void anotherDetectorHasNoDefaultEither() {
    var other =
        new PerceptionSpec(
            new FaceDetector("retina", null, null), null, null, null, null, null, null);

    assertThat(GateBounds.obstacle(List.of(open(Metric.FaceDetectionRate)), other).orElseThrow())
        .extracting(RuntimeAccess.Obstacle::message)
        .asString()
        .contains("spec.perception.faceDetector is another model");
  }

  @Test
  void howMuchOfAPromptIsEnoughTheRuntimeSaysOfItsClip() {
    assertThat(GateBounds.of(List.of(open(Metric.ClipText)), WITH_CLIP))
        .containsExactly(new GateInput("ClipText", 0.24, null));
  }

  @Test
  void aClipThatSaysNothingHasNoDefaultAndTheFieldIsNamed() {
    for (var perception : List.of(SHIPPED, withClip(null))) {
      assertThat(GateBounds.obstacle(List.of(open(Metric.ClipText)), perception).orElseThrow())
          .extracting(RuntimeAccess.Obstacle::message)
          .isEqualTo(
              "evaluation.gate: ClipText takes its default bound from the DiffusionRuntime's spec.perception.clip.promptMinSimilarity, which is not set; set it there, or min here");
      assertThat(
              GateBounds.obstacle(List.of(new GateRule(Metric.ClipText, "0.2", null)), perception))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void admissionTakesARuleWithoutANumberExactlyWhereThereIsADefault(Metric metric) {
    boolean admitted = admitted().contains("'" + metric + "'");

    var obstacle = GateBounds.obstacle(List.of(open(metric)), WITH_CLIP);

    assertThat(obstacle.isEmpty()).isEqualTo(admitted);
    obstacle.ifPresent(
        found ->
            assertThat(found.message())
                .isEqualTo(
                    "evaluation.gate: %s has no default bound; set its min or max"
                        .formatted(metric)));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void thePageOnEvaluationListsTheDefaultsThatThereAre(Metric metric) throws IOException {
    var page = Files.readString(Path.of("../docs/evaluation.md"));

    assertThat(page.contains("| `{metric: %s}` |".formatted(metric)))
        .isEqualTo(GateBounds.obstacle(List.of(open(metric)), WITH_CLIP).isEmpty());
  }

  /** The metrics that the definition's rule lets stand alone. */
  private static String admitted() {
    try (var in =
        GateRule.class.getResourceAsStream("/META-INF/fabric8/headshotmodels.atelier.dev-v1.yml")) {
      var definition = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int from = definition.indexOf("self.metric in [");
      return definition.substring(from, definition.indexOf(']', from)).replace("''", "'");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PerceptionSpec withClip(@Nullable String minimum) {
    var source = new ModelSource(new PvcSource("models", "clip"), null, null);
    return new PerceptionSpec(
        null, null, null, new PerceptionSpec.Clip(source, minimum), null, null, null);
  }

  private static GateRule open(Metric metric) {
    return new GateRule(metric, null, null);
  }
}
