package dev.atelier.stage;

/**
 * How checkpoints are judged while training goes on.
 *
 * @param prompts what evaluation will draw; a round draws some of it
 * @param sampler how it will be drawn
 * @param perception the models that judge
 */
public record RoundsInput(PromptInput prompts, SamplerInput sampler, PerceptionInput perception) {}
