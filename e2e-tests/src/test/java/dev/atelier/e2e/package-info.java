/**
 * Stories through the Kubernetes API only: apply, watch, suspend, kill, delete. Nothing here knows
 * which control plane plays; {@link dev.atelier.e2e.ControlPlane} is the one seam.
 */
@NullMarked
package dev.atelier.e2e;

import org.jspecify.annotations.NullMarked;
