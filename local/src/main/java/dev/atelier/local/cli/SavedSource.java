package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKind;
import dev.atelier.local.workstation.Resource;
import java.util.Comparator;
import java.util.List;

/** The resources that the last run saved. */
record SavedSource(List<Resource> resources) implements ResourceSource {

  @Override
  public List<Resource> list(ApiKind kind) {
    return resources.stream()
        .filter(kind::holds)
        .sorted(Comparator.comparing(Resource::name))
        .toList();
  }

  @Override
  public boolean active() {
    return false;
  }

  @Override
  public void close() {}
}
