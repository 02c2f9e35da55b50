/**
 * From prompts to what a denoiser is told: weights on parts of a prompt, prompts longer than the
 * text encoder, one encoder or two.
 */
@NullMarked
package dev.atelier.runtime.text;

import org.jspecify.annotations.NullMarked;
