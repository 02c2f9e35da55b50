package dev.atelier.operator.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionType;
import dev.atelier.operator.testing.Resources;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A job's gate whose rule names only its metric. */
class GenerationGateTest {

  private final GenerationWorld drawn =
      new GenerationWorld(
          Resources.generation(
              "samplesPerPrompt: 2",
              "samplesPerPrompt: 2\n  evaluation: {gate: [{metric: IdentitySimilarity}]}"));

  @Test
  void takesTheBoundOfTheFaceEmbeddingThatShips() {
    drawn.settle();

    assertThat(drawn.currentJob()).isNotEmpty();
  }

  @Test
  void stallsTheJobWhereTheFaceEmbeddingIsAnother() {
    drawn.runtime =
        Optional.of(
            Resources.runtime(
                "precision: Float32",
                "precision: Float32\n  perception: {faceEmbedding: {model: arcface, samePersonMaxDistance: \"1.0\"}}"));
    drawn.settle();

    assertThat(drawn.ready()).isEqualTo("False InvalidSpec");
    assertThat(drawn.message()).contains("the default bound of IdentitySimilarity");
    assertThat(drawn.holds(ConditionType.Stalled)).isTrue();
    assertThat(drawn.jobs.jobs()).isEmpty();
  }
}
