package dev.atelier.stage;

/**
 * How to denoise.
 *
 * @param scheduler diffusers' class name without {@code Scheduler}: {@code DPMSolverMultistep}
 * @param steps denoising steps
 * @param guidanceScale classifier-free guidance; 1 turns it off
 * @param width in pixels
 * @param height in pixels
 * @param seed of the first picture; picture n of a prompt uses seed + n
 */
public record SamplerInput(
    String scheduler, int steps, double guidanceScale, int width, int height, long seed) {}
