package dev.atelier.runtime.video;

/**
 * What a file says about itself.
 *
 * @param width as it is shown: upright, with square pixels
 * @param height as it is shown: upright, with square pixels
 * @param rotation quarter turns clockwise from the stored to the shown picture, 0 to 3
 * @param framesPerSecond mean over the file; the frames' own times are what counts
 * @param seconds length that the container claims, 0 where it claims none
 * @param codec FFmpeg's name of the decoder, such as {@code h264}
 * @param sound whether there is a sound track, which nothing here decodes
 */
public record VideoTraits(
    int width,
    int height,
    int rotation,
    double framesPerSecond,
    double seconds,
    String codec,
    boolean sound) {}
