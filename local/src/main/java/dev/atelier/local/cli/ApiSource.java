package dev.atelier.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.local.cli.view.ApiKind;
import dev.atelier.local.workstation.Resource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The resources of a Kubernetes API.
 *
 * @param namespace whose resources are listed, with those that belong to none; empty for all
 * @param owned whether the client is closed with this source
 */
record ApiSource(KubernetesClient client, Optional<String> namespace, boolean owned)
    implements ResourceSource {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public List<Resource> list(ApiKind kind) {
    var root = kind.group().isEmpty() ? "/api/v1/" : "/apis/" + kind.apiVersion() + "/";
    var scope = namespace.filter(name -> kind.namespaced()).map("namespaces/%s/"::formatted);
    var text = client.raw(root + scope.orElse("") + kind.plural());
    if (text == null) {
      return List.of();
    }
    try {
      return Resource.stream(JSON.readTree(text).path("items"))
          .map(item -> typed(item, kind))
          .sorted(Comparator.comparing(Resource::name))
          .toList();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the API answered no JSON for " + kind.plural(), e);
    }
  }

  @Override
  public boolean active() {
    return true;
  }

  @Override
  public void close() {
    if (owned) {
      client.close();
    }
  }

  /** Items of a list need not say what they are. */
  private static Resource typed(JsonNode item, ApiKind kind) {
    return new Resource(
        ((ObjectNode) item).put("apiVersion", kind.apiVersion()).put("kind", kind.kind()));
  }
}
