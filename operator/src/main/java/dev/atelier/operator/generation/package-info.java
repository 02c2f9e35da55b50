/** GenerationJob: pictures drawn once. */
@NullMarked
package dev.atelier.operator.generation;

import org.jspecify.annotations.NullMarked;
