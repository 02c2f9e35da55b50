package dev.atelier.runtime.evaluate;

import java.util.List;

/** Whether the bounds of a gate are kept. */
public sealed interface GateDecision {

  /** As in status: {@code None}, {@code Passed} or {@code Failed}. */
  String title();

  /** There are no bounds. */
  record None() implements GateDecision {
    @Override
    public String title() {
      return "None";
    }
  }

  /** Every bound is kept. */
  record Passed() implements GateDecision {
    @Override
    public String title() {
      return "Passed";
    }
  }

  /**
   * Some bound is not kept.
   *
   * @param findings one sentence for each such bound
   */
  record Failed(List<String> findings) implements GateDecision {
    @Override
    public String title() {
      return "Failed";
    }
  }
}
