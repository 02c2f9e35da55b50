package dev.atelier.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.RuntimeStatus;
import dev.atelier.operator.testing.Resources;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a runtime wakes the thousands that use it. */
class RuntimeSourcesTest {

  private static final Condition READY =
      new ConditionBuilder().withType("Ready").withStatus("True").build();
  private static final Condition NOT_READY =
      new ConditionBuilder().withType("Ready").withStatus("False").build();

  @Test
  void howManyUseItDoesNot() {
    assertThat(RuntimeSources.matters(runtime(READY, 8), runtime(READY, 7))).isFalse();
  }

  @Test
  void whetherItCanBeUsedDoes() {
    assertThat(RuntimeSources.matters(runtime(READY, 7), runtime(NOT_READY, 7))).isTrue();
    assertThat(RuntimeSources.matters(runtime(READY, 7), Resources.runtime())).isTrue();
  }

  @Test
  void itsSpecAndItsEndDo() {
    var before = runtime(READY, 7);
    var other = Resources.runtime("precision: Float32", "precision: BFloat16");
    other.setStatus(before.getStatus());
    assertThat(RuntimeSources.matters(other, before)).isTrue();

    var leaving = runtime(READY, 7);
    leaving.getMetadata().setDeletionTimestamp("2026-11-28T12:00:00Z");
    assertThat(RuntimeSources.matters(leaving, before)).isTrue();
  }

  private static DiffusionRuntime runtime(Condition condition, int users) {
    var runtime = Resources.runtime();
    runtime.setStatus(new RuntimeStatus(1L, List.of(condition), users));
    return runtime;
  }
}
