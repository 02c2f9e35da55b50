package dev.atelier.runtime.safety;

/**
 * What was decided about a picture, as the manifest keeps it.
 *
 * @param score of the model, 0..1
 * @param model name and digest of the model that gave the score
 * @param reason a sentence for a person; empty for a picture that passes
 */
public record PictureVerdict(
    OutputCheck.Verdict verdict, double score, String model, String reason) {}
