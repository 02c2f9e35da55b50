package dev.atelier.runtime.sample;

/**
 * A picture to draw.
 *
 * @param prompt file name of its prompt
 * @param number its place among the pictures of the prompt, from 0
 * @param text what to draw, with the subject in its place
 * @param negative what to steer away from, may be empty
 * @param seed of its noise
 */
public record PlannedPicture(String prompt, int number, String text, String negative, long seed) {

  /** A name for files: {@code navy-suit-03}. */
  public String name() {
    return "%s-%02d".formatted(prompt, number);
  }
}
