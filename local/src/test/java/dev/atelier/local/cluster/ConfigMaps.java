package dev.atelier.local.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** The plainest objects there are. */
final class ConfigMaps {

  private ConfigMaps() {}

  /** A ConfigMap as a user would write it, not sent yet. */
  static ConfigMap map(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withData(data)
        .build();
  }

  /** Creates an empty ConfigMap that goes with its owner. */
  static ConfigMap childOf(KubernetesClient client, HasMetadata owner, String name) {
    ConfigMap child = map(name, Map.of());
    child.addOwnerReference(owner);
    return client.resource(child).create();
  }
}
