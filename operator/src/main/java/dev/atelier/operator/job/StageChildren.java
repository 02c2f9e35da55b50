package dev.atelier.operator.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** What one stage needs in the cluster: its stage file and the Job that mounts it. */
public record StageChildren(ConfigMap stageFile, Job job) {}
