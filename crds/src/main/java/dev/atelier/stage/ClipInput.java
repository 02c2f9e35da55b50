package dev.atelier.stage;

import org.jspecify.annotations.Nullable;

/**
 * What a clip is besides its sampler, whose width and height are the size before enlargement.
 *
 * @param frames 4k + 1
 * @param firstFrames a folder of pictures that clips begin with, or absent
 * @param enlargement how many times wider and higher than the sampler's size clips are delivered
 * @param upscaler a folder with the network that enlarges, or absent
 */
public record ClipInput(
    int frames,
    int framesPerSecond,
    @Nullable StoreLocation firstFrames,
    int enlargement,
    @Nullable StoreLocation upscaler) {

  /** A clip as it is drawn, from noise alone. */
  public static ClipInput plain(int frames, int framesPerSecond) {
    return new ClipInput(frames, framesPerSecond, null, 1, null);
  }
}
