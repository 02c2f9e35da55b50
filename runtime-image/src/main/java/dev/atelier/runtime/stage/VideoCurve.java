package dev.atelier.runtime.stage;

import java.util.List;

/**
 * How the loss of what training does not see went, and which step was published.
 *
 * @param steps that were taken
 * @param maxSteps that could have been taken
 * @param everySteps steps between two rounds
 * @param patience rounds without a lower loss after which the last stage ends
 * @param heldOut clips and pictures that training did not see; 0 where there were too few to spare
 *     one, and the loss is that of what was learned from
 */
public record VideoCurve(
    int steps,
    int maxSteps,
    int everySteps,
    int patience,
    int heldOut,
    int selectedStep,
    List<Round> rounds) {

  /** The file in the train stage's manifest. */
  static final String NAME = "validation.json";

  public VideoCurve {
    rounds = List.copyOf(rounds);
  }

  /** The loss after so many steps, in the size of a training stage. */
  public record Round(int step, String stage, double loss) {}
}
