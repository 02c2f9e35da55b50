/**
 * CLIP's byte-pair tokenizer (Radford et al. 2021), with the clean-up of text that the published
 * models were trained with. Pure Java, nothing is downloaded.
 */
@NullMarked
package dev.atelier.runtime.tokenizer;

import org.jspecify.annotations.NullMarked;
