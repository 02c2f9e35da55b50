/** What every reconciler does in the same way: status patches, events, metrics. */
@NullMarked
package dev.atelier.operator.shared;

import org.jspecify.annotations.NullMarked;
