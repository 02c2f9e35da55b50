package dev.atelier.runtime.photo;

import dev.atelier.runtime.perception.Embedding;
import dev.atelier.runtime.perception.Face;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A photo with its verdict.
 *
 * @param name file name
 * @param face the main face, in the coordinates of the picture that {@link PhotoDecoder} gives for
 *     the file
 */
public record JudgedPhoto(
    String name,
    Path file,
    Finding finding,
    Measurements measurements,
    Optional<Face> face,
    Optional<Embedding> embedding) {

  public Verdict verdict() {
    return finding.verdict();
  }

  public String advice() {
    return finding.advice();
  }

  public boolean accepted() {
    return verdict() == Verdict.Accepted;
  }

  JudgedPhoto with(Finding newFinding) {
    return new JudgedPhoto(name, file, newFinding, measurements, face, embedding);
  }

  JudgedPhoto with(Measurements newMeasurements) {
    return new JudgedPhoto(name, file, finding, newMeasurements, face, embedding);
  }
}
