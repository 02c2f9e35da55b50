/** Text encoders of the T5 family, under their transformers names. */
@NullMarked
package dev.atelier.runtime.model.t5;

import org.jspecify.annotations.NullMarked;
