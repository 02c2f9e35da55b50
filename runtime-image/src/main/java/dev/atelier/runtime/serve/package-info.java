/**
 * A model behind OpenAI's protocol of videos and images: requests wait in the artifact store, where
 * every replica sees them, and each replica draws one after another.
 */
@NullMarked
package dev.atelier.runtime.serve;

import org.jspecify.annotations.NullMarked;
