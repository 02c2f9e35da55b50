package dev.atelier.runtime.serve;

/**
 * What requests leave open, and what they may ask for.
 *
 * @param width of what is delivered, in pixels
 * @param height of what is delivered, in pixels
 * @param framesPerSecond that are shown
 * @param distilled whether the steps are the model's own
 * @param enlargement how many times wider and higher than drawn it is delivered
 */
public record Terms(
    int width,
    int height,
    int frames,
    int framesPerSecond,
    int steps,
    double guidanceScale,
    boolean distilled,
    int enlargement) {}
