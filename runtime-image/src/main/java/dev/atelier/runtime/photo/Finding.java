package dev.atelier.runtime.photo;

/**
 * A verdict with the sentence that a person can act on.
 *
 * @param advice what is wrong and what to do; empty when there is nothing to do
 */
public record Finding(Verdict verdict, String advice) {
  static final Finding ACCEPTED = new Finding(Verdict.Accepted, "");
}
