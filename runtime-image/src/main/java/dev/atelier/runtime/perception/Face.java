package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.Region;

/**
 * A face found in a picture.
 *
 * @param box the face from brow to chin, in pixels; may reach outside the picture
 * @param confidence 0..1
 */
public record Face(Region box, double confidence, Landmarks landmarks) {

  /** The same face in a picture resized by the factor. */
  public Face scaled(double factor) {
    return new Face(box.scaled(factor), confidence, landmarks.scaled(factor));
  }
}
