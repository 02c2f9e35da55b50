package dev.atelier.operator.jobset;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Jobs that start, restart and end together, of the project sigs.k8s.io/jobset. A cluster may lack
 * it.
 */
@Group("jobset.x-k8s.io")
@Version("v1alpha2")
public final class JobSet extends CustomResource<JobSetSpec, JobSetStatus> implements Namespaced {

  private static final long serialVersionUID = 1;

  /** Label of the Jobs and pods of a JobSet: its name. */
  public static final String NAME_LABEL = "jobset.sigs.k8s.io/jobset-name";

  /** Label of the Jobs and pods of a JobSet: its uid. */
  public static final String UID_LABEL = "jobset.sigs.k8s.io/jobset-uid";
}
