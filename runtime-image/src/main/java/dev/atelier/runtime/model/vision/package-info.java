/** Networks that turn pictures into features, under their transformers names. */
@NullMarked
package dev.atelier.runtime.model.vision;

import org.jspecify.annotations.NullMarked;
