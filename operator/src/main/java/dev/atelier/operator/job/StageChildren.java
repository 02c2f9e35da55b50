package dev.atelier.operator.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.net.URI;
import java.util.List;

/**
 * What one stage needs in the cluster.
 *
 * @param stageFile that the Job mounts
 * @param stores object stores and other servers that its pods talk to; {@link StageNetworkPolicy}
 *     lets them
 */
public record StageChildren(ConfigMap stageFile, Job job, List<URI> stores) {

  public StageChildren {
    stores = List.copyOf(stores);
  }
}
