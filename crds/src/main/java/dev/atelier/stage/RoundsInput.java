package dev.atelier.stage;

/**
 * What is drawn to judge checkpoints while training goes on.
 *
 * @param prompts what evaluation will draw; a round draws some of it
 * @param sampler how it will be drawn
 */
public record RoundsInput(PromptInput prompts, SamplerInput sampler) {}
