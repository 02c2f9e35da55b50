package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.workstation.Resource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The client's way to resources that were read as documents. */
record ResourceHandles(KubernetesClient client, ApiKinds kinds) {

  io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource> of(Resource resource) {
    var kind = kinds.all().stream().filter(k -> k.holds(resource)).findFirst().orElseThrow();
    var context =
        new ResourceDefinitionContext.Builder()
            .withGroup(kind.group())
            .withVersion(kind.version())
            .withKind(kind.kind())
            .withPlural(kind.plural())
            .withNamespaced(kind.namespaced())
            .build();
    var all = client.genericKubernetesResources(context);
    return resource.namespace().isEmpty()
        ? all.withName(resource.name())
        : all.inNamespace(resource.namespace()).withName(resource.name());
  }
}
