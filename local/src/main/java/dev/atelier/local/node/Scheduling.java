package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Pod;

/**
 * Who decides where pods run.
 *
 * @param node name of this node
 * @param own whether this node takes every pod that no other node has
 */
record Scheduling(String node, boolean own) {

  /** The one node of a workstation takes every pod. */
  static Scheduling here(String node) {
    return new Scheduling(node, true);
  }

  /** A scheduler of the cluster binds pods to this node and to others. */
  static Scheduling byCluster(String node) {
    return new Scheduling(node, false);
  }

  /** Whether the pod is this node's business. */
  boolean concerns(Pod pod) {
    String bound = pod.getSpec().getNodeName();
    return bound == null || bound.isEmpty() ? own : bound.equals(node);
  }
}
