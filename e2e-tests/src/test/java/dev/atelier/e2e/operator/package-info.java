/** The operator against the embedded API; the tests play the Job controller and the kubelet. */
@NullMarked
package dev.atelier.e2e.operator;

import org.jspecify.annotations.NullMarked;
