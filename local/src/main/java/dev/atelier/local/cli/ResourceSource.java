package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKind;
import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.workstation.Connection;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.SavedResources;
import dev.atelier.local.workstation.StateDirectory;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Optional;

/** Where commands read resources from. */
public interface ResourceSource extends AutoCloseable {

  /** The resources of a kind, sorted by name. */
  List<Resource> list(ApiKind kind);

  /** Whether a run is active there. */
  boolean active();

  @Override
  void close();

  /** The resources of the kind named so; empty if there is none. */
  default List<Resource> find(ApiKind kind, String name) {
    return list(kind).stream().filter(resource -> resource.name().equals(name)).toList();
  }

  /** Every resource that the commands know. */
  default List<Resource> all(ApiKinds kinds) {
    return kinds.all().stream().flatMap(kind -> list(kind).stream()).toList();
  }

  /** The API of the active run of a state directory, or what the last one saved. */
  static ResourceSource of(StateDirectory state) {
    return Connection.active(state)
        .<ResourceSource>map(
            connection ->
                new ApiSource(
                    new KubernetesClientBuilder().withConfig(connection.config()).build(),
                    Optional.empty(),
                    true))
        .orElseGet(() -> new SavedSource(new SavedResources(state).read()));
  }
}
