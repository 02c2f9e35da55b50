/** JobSet's own API, as far as the operator uses it. */
@NullMarked
package dev.atelier.operator.jobset;

import org.jspecify.annotations.NullMarked;
