package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one look at a Job leads to, in this order: store the status, delete, untrack, create.
 *
 * @param status the next status
 * @param delete pods to end
 * @param untrack ended pods that the status counts
 * @param create one entry per pod to create: its completion index, or empty
 * @param expired whether the finished Job has outlived its ttl
 * @param recheck when to look again although nothing happens
 */
record JobPlan(
    JobStatus status,
    List<Pod> delete,
    List<Pod> untrack,
    List<Optional<Integer>> create,
    boolean expired,
    Optional<Duration> recheck) {}
