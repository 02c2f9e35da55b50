/** GenerationJob: pictures or clips drawn once. */
@NullMarked
package dev.atelier.operator.generation;

import org.jspecify.annotations.NullMarked;
