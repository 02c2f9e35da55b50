package dev.atelier.runtime.video;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;

/**
 * Brings frames to exactly the size that was asked for: models work in multiples of 16 or 32, 1280
 * x 704 for example, and people want 1280 x 720. What the aspect has too much is cut off evenly on
 * both sides; nothing is stretched, nothing is padded.
 *
 * @param madeWidth of the frames as they were made
 * @param madeHeight of the frames as they were made
 * @param enlarged how many times larger a network made them before they are fitted
 * @param width wanted
 * @param height wanted
 */
public record FrameFit(int madeWidth, int madeHeight, int enlarged, int width, int height) {

  /** The frame in the wanted size. */
  public RgbImage fit(RgbImage frame) {
    if (frame.width() != madeWidth * enlarged || frame.height() != madeHeight * enlarged) {
      throw new IllegalArgumentException(
          "a frame is %dx%d, not %dx%d"
              .formatted(
                  frame.width(), frame.height(), madeWidth * enlarged, madeHeight * enlarged));
    }
    if (frame.width() == width && frame.height() == height) {
      return frame;
    }
    return Resize.region(frame, kept().scaled(enlarged), width, height, Filter.LANCZOS);
  }

  /** The part of a made frame that is shown. */
  public Region kept() {
    double scale = Math.max((double) width / madeWidth, (double) height / madeHeight);
    double shownWidth = width / scale;
    double shownHeight = height / scale;
    double left = (madeWidth - shownWidth) / 2;
    double top = (madeHeight - shownHeight) / 2;
    return new Region(left, top, left + shownWidth, top + shownHeight);
  }

  /** What was done, for the manifest. */
  public String described() {
    if (enlarged == 1 && madeWidth == width && madeHeight == height) {
      return "made in %dx%d".formatted(width, height);
    }
    Region kept = kept();
    String network = enlarged == 1 ? "" : ", enlarged x%d by a network".formatted(enlarged);
    String cut =
        kept.width() < madeWidth
            ? ", %.1f columns cut off".formatted(madeWidth - kept.width())
            : kept.height() < madeHeight
                ? ", %.1f rows cut off".formatted(madeHeight - kept.height())
                : "";
    return "made in %dx%d%s%s, resampled to %dx%d"
        .formatted(madeWidth, madeHeight, network, cut, width, height);
  }
}
