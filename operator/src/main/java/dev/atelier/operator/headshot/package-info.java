/** HeadshotModel: intake, training, evaluation. */
@NullMarked
package dev.atelier.operator.headshot;

import org.jspecify.annotations.NullMarked;
