package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;
import java.util.List;

/** Finds the faces in a picture. */
public interface FaceDetector {

  /**
   * Faces narrower than this share of the widest are passers-by in the background: they do not make
   * a picture one of several people, and nobody has to look for them.
   */
  double LEAST_SHARE = 0.35;

  /**
   * The faces that count, largest first, in the coordinates of the picture: those at least {@link
   * #LEAST_SHARE} as wide as the largest.
   */
  List<Face> detect(RgbImage picture);

  /**
   * Name and settings, for reports: numbers that came through another detector are not comparable.
   */
  String protocol();
}
