package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * Finds cuts between scenes as PySceneDetect's content detector does: the mean change of hue (0 to
 * 180), saturation and value (0 to 255) from frame to frame, a cut from 27 on.
 */
final class SceneCuts {

  private static final double THRESHOLD = 27;

  /** A flash or a jolt soon after a cut is not another. */
  private static final double SHORTEST_SCENE = 0.4;

  private static final int EDGE = 64;

  private float @Nullable [] before;
  private double lastCut;

  /** Whether a new scene begins with this frame. */
  boolean cutsAt(double seconds, RgbImage frame) {
    var now = hsv(Resize.atMost(frame, EDGE, Filter.BOX));
    var earlier = before;
    before = now;
    if (earlier == null || earlier.length != now.length) {
      return false;
    }
    double sum = 0;
    for (int i = 0; i < now.length; i++) {
      double change = Math.abs(now[i] - earlier[i]);
      // Hue is a circle of 180.
      sum += i % 3 == 0 ? Math.min(change, 180 - change) : change;
    }
    if (sum / now.length < THRESHOLD || seconds - lastCut < SHORTEST_SCENE) {
      return false;
    }
    lastCut = seconds;
    return true;
  }

  /** {@code [height, width, 3]} with OpenCV's ranges. */
  private static float[] hsv(RgbImage picture) {
    var rgb = picture.values();
    var hsv = new float[rgb.length];
    for (int i = 0; i < rgb.length; i += 3) {
      float red = rgb[i];
      float green = rgb[i + 1];
      float blue = rgb[i + 2];
      float value = Math.max(red, Math.max(green, blue));
      float chroma = value - Math.min(red, Math.min(green, blue));
      hsv[i] = chroma == 0 ? 0 : hue(red, green, blue, value, chroma);
      hsv[i + 1] = value == 0 ? 0 : 255 * chroma / value;
      hsv[i + 2] = value;
    }
    return hsv;
  }

  private static float hue(float red, float green, float blue, float value, float chroma) {
    float sixth;
    if (value == red) {
      sixth = (green - blue) / chroma;
    } else if (value == green) {
      sixth = 2 + (blue - red) / chroma;
    } else {
      sixth = 4 + (red - green) / chroma;
    }
    return (sixth < 0 ? sixth + 6 : sixth) * 30;
  }
}
