package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Embedding;
import dev.atelier.runtime.perception.Perception;
import java.util.Optional;

/**
 * The embedding of the largest face in a picture. Small pictures are enlarged first: the detector
 * misses faces below 20 pixels and places landmarks on whole windows.
 */
final class FaceReader {
  private static final int EDGE = 256;

  private final Perception perception;

  FaceReader(Perception perception) {
    this.perception = perception;
  }

  /** Empty where no face is found. */
  Optional<Embedding> read(RgbImage picture) {
    var enlarged = Resize.atLeast(picture, EDGE, Filter.BICUBIC);
    return perception.detector().detect(enlarged).stream()
        .findFirst()
        .map(face -> perception.embedder().embed(enlarged, face));
  }

  /** For reports: what must be the same for two numbers to be comparable. */
  String protocol() {
    return "%s, pictures enlarged to %d pixels, largest face, %s"
        .formatted(perception.detector().protocol(), EDGE, perception.embedder().protocol());
  }
}
