package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import java.util.OptionalDouble;

/** Means over pairs of pictures. */
final class Similarities {

  private Similarities() {}

  /** Mean SSIM over all pairs of different pictures, empty with fewer than two. */
  static OptionalDouble amongEachOther(List<RgbImage> thumbnails) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < thumbnails.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += Ssim.of(thumbnails.get(i), thumbnails.get(j));
        pairs++;
      }
    }
    return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pairs);
  }
}
