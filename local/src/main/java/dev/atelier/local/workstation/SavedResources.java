package dev.atelier.local.workstation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** The resources of the last run, as a Kubernetes {@code List} in the state directory. */
public final class SavedResources {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StateDirectory state;

  public SavedResources(StateDirectory state) {
    this.state = state;
  }

  /**
   * Reads them; none where nothing was saved.
   *
   * @throws UserError if the file is damaged
   */
  public List<Resource> read() {
    var file = state.resourcesFile();
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Resource.stream(JSON.readTree(file.toFile()).path("items"))
          .map(Resource::new)
          .toList();
    } catch (IOException e) {
      throw new UserError(
          "the saved resources in %s cannot be read: %s".formatted(file, e.getMessage()),
          "Delete the file to forget them, or start over with --fresh.");
    }
  }

  /** Replaces what is saved. */
  public void write(List<? extends JsonNode> resources) {
    var list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    list.putArray("items").addAll(resources);
    try {
      OwnerOnly.write(
          state.create().resourcesFile(),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot save the resources in " + state.root(), e);
    }
  }
}
