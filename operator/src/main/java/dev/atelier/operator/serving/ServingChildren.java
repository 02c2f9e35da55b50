package dev.atelier.operator.serving;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Optional;

/**
 * What serves a model in the cluster.
 *
 * @param stageFile that the pods mount; its name changes with its content
 * @param policy that fences the pods off, where pods are fenced off
 */
record ServingChildren(
    ConfigMap stageFile, Optional<NetworkPolicy> policy, Deployment deployment, Service service) {}
