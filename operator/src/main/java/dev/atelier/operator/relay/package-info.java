/**
 * One watch and one cache for each kind, however many controllers look at it: what the kind's own
 * controller sees is handed on to the others, who read its cache.
 */
@NullMarked
package dev.atelier.operator.relay;

import org.jspecify.annotations.NullMarked;
