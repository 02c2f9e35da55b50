/**
 * The embedded Kubernetes API of workstation mode: one in-memory store with the semantics of
 * kube-apiserver that operators rely on (server-side apply, status subresources, conflicts,
 * finalizers, garbage collection, watches), served over TLS on the loopback interface.
 */
@NullMarked
package dev.atelier.local.cluster;

import org.jspecify.annotations.NullMarked;
