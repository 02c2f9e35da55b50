package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Perception;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures single pictures against the photos of a person. */
public final class PictureJudge {

  private final FaceReader faces;
  private final PersonPhotos photos;

  /** A judge without photos finds faces and nothing more. */
  public PictureJudge(Perception perception, PersonPhotos photos) {
    this.faces = new FaceReader(perception);
    this.photos = photos;
  }

  /**
   * Reads the photos that pictures are compared with; give them as the model saw them (cropped), so
   * that both sides have the same framing.
   */
  public static PersonPhotos photos(
      Perception perception, List<RgbImage> pictures, double samePersonMaxDistance) {
    var faces = new FaceReader(perception);
    return new PersonPhotos(
        pictures.stream()
            .map(picture -> new PersonPhotos.Photo(Thumbnail.of(picture), faces.read(picture)))
            .toList(),
        samePersonMaxDistance);
  }

  /** Detector, embedding and size that the numbers depend on. */
  public String protocol() {
    return faces.protocol();
  }

  /** The readings of one picture. */
  public PictureReading read(String prompt, RgbImage picture) {
    var face = faces.read(picture);
    var thumbnail = Thumbnail.of(picture);
    double[] similarities = photos.similarities(thumbnail);
    return new PictureReading(
        prompt,
        face.isPresent(),
        photos.faces() == 0
            ? OptionalDouble.empty()
            : face.map(photos.identity()::of).orElse(OptionalDouble.of(0)),
        Arrays.stream(similarities).average(),
        nearest(similarities),
        thumbnail);
  }

  private static Optional<PictureReading.Nearest> nearest(double[] similarities) {
    int best = 0;
    for (int i = 1; i < similarities.length; i++) {
      best = similarities[i] > similarities[best] ? i : best;
    }
    return similarities.length == 0
        ? Optional.empty()
        : Optional.of(new PictureReading.Nearest(best, similarities[best]));
  }
}
