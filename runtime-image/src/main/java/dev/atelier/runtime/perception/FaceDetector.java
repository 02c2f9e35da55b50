package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import java.util.List;

/** Finds the faces in a picture. */
public interface FaceDetector {

  /** The faces, largest first, in the coordinates of the picture. */
  List<Face> detect(RgbImage picture);

  /**
   * Name and settings, for reports: numbers that came through another detector are not comparable.
   */
  String protocol();
}
