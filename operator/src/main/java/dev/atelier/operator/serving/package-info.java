/** A published model behind an HTTP API: pods that stay, a Service, and what the status says. */
@NullMarked
package dev.atelier.operator.serving;

import org.jspecify.annotations.NullMarked;
