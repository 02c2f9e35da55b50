package dev.atelier.runtime.safety;

/**
 * A finding that refuses nothing, as the runtime's rules ask.
 *
 * @param name of the prompt, or {@code subject}
 * @param reason a sentence for a person
 */
public record PromptNote(String name, PromptFinding finding, String reason) {}
