package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Embedding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The photos of the person that pictures are compared with. */
public final class PersonPhotos {

  private final List<Photo> photos;
  private final IdentitySimilarity identity;

  /**
   * A photo as it is compared.
   *
   * @param thumbnail {@code [64, 64, 3]}
   */
  record Photo(RgbImage thumbnail, Optional<Embedding> face) {}

  PersonPhotos(List<Photo> photos, double samePersonMaxDistance) {
    this.photos = List.copyOf(photos);
    this.identity =
        new IdentitySimilarity(
            photos.stream().map(Photo::face).flatMap(Optional::stream).toList(),
            samePersonMaxDistance);
  }

  /** How many photos there are. */
  public int size() {
    return photos.size();
  }

  /** How many of them show a face that the detector finds. */
  public int faces() {
    return identity.photos().size();
  }

  IdentitySimilarity identity() {
    return identity;
  }

  /** Similarities of a picture to each photo, in the order of the photos. */
  double[] similarities(RgbImage thumbnail) {
    return photos.stream().mapToDouble(photo -> Ssim.of(thumbnail, photo.thumbnail())).toArray();
  }

  /** Mean similarity of two different photos, empty with fewer than two. */
  OptionalDouble similarityAmongPhotos() {
    return Similarities.amongEachOther(photos.stream().map(Photo::thumbnail).toList());
  }
}
