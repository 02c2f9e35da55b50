package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Tensor;

/**
 * How far an output may be from the expected one: {@code |a - b| <= absolute + relative |b|}.
 *
 * @param stray how far single entries may be beyond that, 0 for not at all
 */
record Tolerance(double absolute, double relative, double stray) {
  private static final Tolerance EXACT = new Tolerance(0, 0, 0);

  /** Formulas whose reference was computed in double precision, from given features. */
  private static final Tolerance FORMULA = new Tolerance(1e-9, 1e-6, 0);

  /** AdamW divides by the root of the second moment: gradients near zero may take either sign. */
  private static final double STRAY_SHARE = 0.01;

  private static final String LOSS = "loss";

  /** The tolerance of one output of a case. */
  static Tolerance of(ParityCase parityCase, String output, Tensor expected) {
    if (!expected.dtype().isFloating()) {
      return EXACT;
    }
    if (parityCase.kind().equals("metrics") && expected.dtype() == DType.FLOAT64) {
      return FORMULA;
    }
    JsonNode groups = parityCase.json().path("atol_by_group");
    JsonNode grouped = groups.path(group(output));
    if (grouped.isMissingNode()) {
      return new Tolerance(parityCase.atol(), parityCase.rtol(), 0);
    }
    double absolute = Math.max(grouped.asDouble(), ofWhole(groups, output));
    double rate = parityCase.json().path("hyper").path("lr").asDouble(0);
    double stray = output.startsWith("final.") ? 2 * rate * steps(parityCase) : 0;
    return new Tolerance(absolute, 0, stray);
  }

  /** Each step of the optimizer gives a loss. */
  private static int steps(ParityCase parityCase) {
    int steps = 0;
    while (parityCase.json().path("outputs").has(LOSS + steps)) {
      steps++;
    }
    return steps;
  }

  /**
   * A part of a loss is rounded like the loss that it is a part of, so it may be as far off,
   * however near the recorded run came by chance.
   */
  private static double ofWhole(JsonNode groups, String output) {
    return output.startsWith(LOSS) ? groups.path(LOSS).asDouble(0) : 0;
  }

  /** How many entries of a tensor of that size may stray. */
  int strays(int entries) {
    return stray == 0 ? 0 : (int) (entries * STRAY_SHARE);
  }

  /** Whether a difference is within the tolerance; never for one that is not a number. */
  boolean holds(double difference, double expected) {
    return difference <= absolute + relative * Math.abs(expected);
  }

  /** Whether a difference is too large even for a stray entry. */
  boolean excludes(double difference) {
    return !(difference <= Math.max(stray, absolute));
  }

  /** The first part of the name without digits: {@code grad_step0.unet.conv_in} is grad_step. */
  private static String group(String output) {
    int dot = output.indexOf('.');
    return (dot < 0 ? output : output.substring(0, dot)).replaceAll("\\d", "");
  }
}
