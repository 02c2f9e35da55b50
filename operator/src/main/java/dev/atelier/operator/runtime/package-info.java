/** DiffusionRuntime: what the platform team offers. */
@NullMarked
package dev.atelier.operator.runtime;

import org.jspecify.annotations.NullMarked;
