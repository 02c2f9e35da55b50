/**
 * What the operator's tests share: golden files, resources, and a Job controller without a cluster.
 */
@NullMarked
package dev.atelier.operator.testing;

import org.jspecify.annotations.NullMarked;
