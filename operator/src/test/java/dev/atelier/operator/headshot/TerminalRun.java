package dev.atelier.operator.headshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionType;
import dev.atelier.operator.run.RunDecision.Rest;
import java.util.List;

/** A run that failed for good. */
final class TerminalRun {

  private TerminalRun() {}

  /** The status says so in every place, for the generation at hand, and nothing more happens. */
  static void assertTerminal(HeadshotWorld world) {
    assertThat(List.of(ConditionType.Failed, ConditionType.Stalled)).allMatch(world::holds);
    assertThat(world.status().run().finishedAt()).isNotNull();
    assertThat(world.status().observedGeneration())
        .isEqualTo(world.model.getMetadata().getGeneration());
    assertThat(world.reconcile()).isInstanceOf(Rest.class);
  }
}
