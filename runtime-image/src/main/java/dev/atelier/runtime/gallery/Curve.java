package dev.atelier.runtime.gallery;

import java.util.List;

/**
 * How the checkpoints of a training were judged, and which one was published.
 *
 * @param steps that were taken
 * @param maxSteps that could have been taken
 * @param everySteps steps between two rounds
 * @param patience rounds without a move of the front after which training ends
 * @param selectedStep whose weights were published
 * @param heldOutPhotos that training did not see; 0 where there were too few to spare one
 * @param pictures drawn in each round
 */
public record Curve(
    int steps,
    int maxSteps,
    int everySteps,
    int patience,
    int selectedStep,
    int heldOutPhotos,
    int pictures,
    Definitions definitions,
    List<Round> rounds) {

  public Curve {
    rounds = List.copyOf(rounds);
  }

  /** What each score is and which model it comes from. */
  public record Definitions(String identity, String promptAlignment, String memorisation) {}

  /**
   * The scores of a checkpoint.
   *
   * @param identity higher is better
   * @param promptAlignment higher is better
   * @param memorisation lower is better
   * @param front whether no other checkpoint beats it in all three
   */
  public record Round(
      int step, double identity, double promptAlignment, double memorisation, boolean front) {}
}
