/** Prompts: built-in packs, prompts of the resource, prompts of a mounted ConfigMap. */
@NullMarked
package dev.atelier.runtime.prompt;

import org.jspecify.annotations.NullMarked;
