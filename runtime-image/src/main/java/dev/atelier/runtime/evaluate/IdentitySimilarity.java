package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.perception.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much a face is the person's: {@code 1 - d / (2 D)}, at least 0, where d is the Euclidean
 * distance of its embedding to the median embedding of the photos and D is the distance up to which
 * two faces count as one person. So 1 is the same face, 0.5 the line between this person and
 * others, 0 somebody else for certain; the scale moves with the embedding model and its threshold.
 *
 * @param photos embeddings of the person's photos
 * @param samePersonMaxDistance D
 */
record IdentitySimilarity(List<Embedding> photos, double samePersonMaxDistance) {

  IdentitySimilarity {
    photos = List.copyOf(photos);
  }

  /** Similarity of a face to the photos; empty without photos. */
  OptionalDouble of(Embedding face) {
    return photos.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(to(photos, face));
  }

  /**
   * Mean similarity of each photo to the others: what a tuned model can reach at best. Empty with
   * fewer than two photos.
   */
  OptionalDouble amongPhotos() {
    if (photos.size() < 2) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (int i = 0; i < photos.size(); i++) {
      var others = new ArrayList<>(photos);
      others.remove(i);
      sum += to(others, photos.get(i));
    }
    return OptionalDouble.of(sum / photos.size());
  }

  private double to(List<Embedding> set, Embedding face) {
    double distance = Embedding.median(set).distance(face);
    return Math.max(0, 1 - distance / (2 * samePersonMaxDistance));
  }
}
