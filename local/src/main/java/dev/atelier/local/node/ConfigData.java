package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The content of ConfigMaps and Secrets of one namespace; binary entries included. */
record ConfigData(KubernetesClient client, String namespace) {
  Optional<Map<String, byte[]>> configMap(String name) {
    ConfigMap map = client.configMaps().inNamespace(namespace).withName(name).get();
    if (map == null) {
      return Optional.empty();
    }
    Map<String, byte[]> all = new TreeMap<>(decoded(map.getBinaryData()));
    Objects.requireNonNullElseGet(map.getData(), Map::<String, String>of)
        .forEach((key, text) -> all.put(key, text.getBytes(StandardCharsets.UTF_8)));
    return Optional.of(all);
  }

  Optional<Map<String, byte[]>> secret(String name) {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    return Optional.ofNullable(secret).map(s -> decoded(s.getData()));
  }

  private static Map<String, byte[]> decoded(Map<String, String> data) {
    Map<String, byte[]> all = new TreeMap<>();
    Objects.requireNonNullElseGet(data, Map::<String, String>of)
        .forEach((key, text) -> all.put(key, Base64.getDecoder().decode(text)));
    return all;
  }
}
