package dev.atelier.runtime.photo;

import dev.atelier.runtime.perception.Embedding;
import java.util.Comparator;
import java.util.List;

/** Who the person of a set is, although some of its photos may show somebody else. */
final class SamePerson {
  /**
   * The medoid is one photo with its own quirks: others of the person lie a little farther from it
   * than from the median.
   */
  private static final double AROUND_MEDOID = 1.15;

  private SamePerson() {}

  /**
   * The median of the faces around the medoid (the photo whose distances to all others are smallest
   * in sum).
   *
   * @param faces at least one
   * @param maxDistance distance up to which faces are of one person
   */
  static Embedding of(List<Embedding> faces, double maxDistance) {
    var medoid =
        faces.stream()
            .min(Comparator.comparingDouble((Embedding e) -> total(e, faces)))
            .orElseThrow();
    return Embedding.median(
        faces.stream()
            .filter(face -> face.distance(medoid) <= AROUND_MEDOID * maxDistance)
            .toList());
  }

  private static double total(Embedding face, List<Embedding> faces) {
    return faces.stream().mapToDouble(face::distance).sum();
  }
}
