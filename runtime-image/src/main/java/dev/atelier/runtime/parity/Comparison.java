package dev.atelier.runtime.parity;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * Compares computed with expected outputs: {@code |a - b| <= atol + rtol |b|}, integers exactly.
 */
final class Comparison {
  private Comparison() {}

  static Verdict compare(
      ParityCase parityCase, Map<String, Tensor> computed, Map<String, Tensor> expected) {
    double worst = 0;
    for (Map.Entry<String, Tensor> named : expected.entrySet()) {
      Tensor actual = computed.get(named.getKey());
      if (actual == null) {
        return Verdict.fail("output " + named.getKey() + " was not computed");
      }
      Verdict verdict = compare(parityCase, named.getKey(), actual, named.getValue());
      if (verdict.outcome() == Verdict.Outcome.FAIL) {
        return verdict;
      }
      worst = Math.max(worst, verdict.maxDifference());
    }
    return new Verdict(Verdict.Outcome.PASS, worst, "");
  }

  private static Verdict compare(
      ParityCase parityCase, String name, Tensor actual, Tensor expected) {
    if (!Arrays.equals(actual.shape(), expected.shape())) {
      return Verdict.fail(
          "%s has shape %s, expected %s"
              .formatted(name, Arrays.toString(actual.shape()), Arrays.toString(expected.shape())));
    }
    var tolerance = Tolerance.of(parityCase, name, expected);
    float[] a = actual.toFloats();
    float[] b = expected.toFloats();
    double worst = 0;
    int beyond = 0;
    boolean excluded = false;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] == b[i] ? 0 : Math.abs((double) a[i] - b[i]);
      if (!tolerance.holds(difference, b[i])) {
        beyond++;
        excluded |= tolerance.excludes(difference);
      }
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    boolean within = !excluded && beyond <= tolerance.strays(a.length);
    return within
        ? new Verdict(Verdict.Outcome.PASS, worst, "")
        : new Verdict(
            Verdict.Outcome.FAIL,
            worst,
            "%s: %d of %d values beyond the tolerance".formatted(name, beyond, a.length));
  }
}
