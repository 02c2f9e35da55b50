package dev.atelier.runtime.video;

import dev.atelier.runtime.image.RgbImage;

/**
 * A decoded frame.
 *
 * @param seconds when it begins to be shown, from the first frame of the file
 * @param damaged whether the decoder made up a part of it, or frames before it were lost
 */
public record VideoFrame(double seconds, RgbImage picture, boolean damaged) {}
