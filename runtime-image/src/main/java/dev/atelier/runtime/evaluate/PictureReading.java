package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured on one picture.
 *
 * @param prompt name of its prompt
 * @param face whether a face was found
 * @param identity similarity of the face to the photos; 0 without a face, empty without photos
 * @param similarity mean similarity of the whole picture to the photos
 * @param nearest the photo that it resembles most
 * @param thumbnail {@code [64, 64, 3]}, for what is measured between pictures
 */
public record PictureReading(
    String prompt,
    boolean face,
    OptionalDouble identity,
    OptionalDouble similarity,
    Optional<Nearest> nearest,
    RgbImage thumbnail) {

  /**
   * The photo that a picture resembles most.
   *
   * @param photo its place in the list of photos
   */
  public record Nearest(int photo, double similarity) {}
}
