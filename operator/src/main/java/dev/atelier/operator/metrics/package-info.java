/** What /metrics says: names of {@code atelier_*}, none with a label per resource. */
@NullMarked
package dev.atelier.operator.metrics;

import org.jspecify.annotations.NullMarked;
