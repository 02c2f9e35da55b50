package dev.atelier.runtime.video;

import dev.atelier.runtime.image.RgbImage;

/**
 * A decoded frame.
 *
 * @param seconds when it begins to be shown, from the first frame of the file
 */
public record VideoFrame(double seconds, RgbImage picture) {}
