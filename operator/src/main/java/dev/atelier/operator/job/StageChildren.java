package dev.atelier.operator.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.net.URI;
import java.util.List;

/**
 * What one stage needs in the cluster.
 *
 * @param stageFile that the pods mount
 * @param work the Job, or the JobSet of a stage over several nodes
 * @param stores object stores and other servers that its pods talk to; {@link StageNetworkPolicy}
 *     lets them
 */
public record StageChildren(ConfigMap stageFile, HasMetadata work, List<URI> stores) {

  public StageChildren {
    stores = List.copyOf(stores);
  }
}
