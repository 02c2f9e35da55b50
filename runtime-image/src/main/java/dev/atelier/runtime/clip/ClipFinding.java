package dev.atelier.runtime.clip;

/**
 * A verdict with the sentence that a person can act on.
 *
 * @param advice what is wrong and what to do; empty when there is nothing to do
 */
public record ClipFinding(ClipVerdict verdict, String advice) {
  static final ClipFinding ACCEPTED = new ClipFinding(ClipVerdict.Accepted, "");
}
