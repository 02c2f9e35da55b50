/** What every resource that runs through stages shares: rules, attempts, status, erasure. */
@NullMarked
package dev.atelier.operator.run;

import org.jspecify.annotations.NullMarked;
