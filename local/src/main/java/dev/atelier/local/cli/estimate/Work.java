package dev.atelier.local.cli.estimate;

/**
 * Something that the denoiser has to do.
 *
 * @param stage that does it, such as {@code Train}
 * @param what in words
 * @param passes forward passes over one picture of 512x512 that it is worth
 */
public record Work(String stage, String what, double passes) {}
