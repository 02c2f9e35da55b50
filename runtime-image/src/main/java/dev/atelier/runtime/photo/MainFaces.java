package dev.atelier.runtime.photo;

import dev.atelier.runtime.perception.Face;
import java.util.List;

/** The faces that count: passers-by in the background do not make a photo one of several people. */
final class MainFaces {
  private static final double SHARE_OF_LARGEST = 0.35;

  private MainFaces() {}

  /**
   * @param faces largest first
   */
  static List<Face> of(List<Face> faces) {
    return faces.stream()
        .filter(face -> face.box().width() >= SHARE_OF_LARGEST * faces.get(0).box().width())
        .toList();
  }
}
