package dev.atelier.runtime.photo;

/**
 * What a photo may cost.
 *
 * @param maxPixels pixels of the largest photo that is read
 * @param maxBytes size of the largest file that is read
 * @param decodePixels pixels held in memory while decoding: larger photos are decoded with rows and
 *     columns left out
 * @param workingEdge longer edge of the picture that everything later works on
 */
public record DecodeLimits(long maxPixels, long maxBytes, long decodePixels, int workingEdge) {

  /** 64 megapixels and 50 MB, which every phone's default mode stays below. */
  public static DecodeLimits defaults() {
    return new DecodeLimits(64_000_000, 50_000_000, 16_000_000, 2048);
  }

  /** Keep every n-th row and column. */
  int subsampling(long width, long height) {
    int every = 1;
    while (width * height / ((long) every * every) > decodePixels) {
      every++;
    }
    return every;
  }

  /** Averages over n x n pixels bring the picture to the working size. */
  int reduction(int width, int height) {
    return Math.max(1, (int) Math.ceil((double) Math.max(width, height) / workingEdge));
  }
}
