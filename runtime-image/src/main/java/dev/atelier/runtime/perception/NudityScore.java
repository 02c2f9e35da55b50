package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;

/** Tells how likely a picture shows nudity. */
public interface NudityScore {

  /** 0 (surely not) to 1 (surely). */
  double score(RgbImage picture);

  /** Name of the model, for reports. */
  String protocol();
}
