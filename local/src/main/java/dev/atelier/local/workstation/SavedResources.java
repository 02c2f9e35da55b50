package dev.atelier.local.workstation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The resources of the last run, one YAML file each, as the embedded cluster exports them. */
public final class SavedResources {

  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private final Path folder;

  public SavedResources(StateDirectory state) {
    this.folder = state.resources();
  }

  /**
   * Reads them; none where nothing was saved.
   *
   * @throws UserError if a file is damaged
   */
  public List<Resource> read() {
    return files().stream().map(file -> new Resource(parse(file))).toList();
  }

  /**
   * Forgets resources and everything that they own.
   *
   * @return what was forgotten
   */
  public List<Resource> forget(Predicate<Resource> chosen) {
    var all = files();
    var gone = new ArrayList<Resource>();
    // Owners first: a pod is found through its Job, a Job through its HeadshotModel.
    for (boolean more = true; more; ) {
      more = false;
      for (var file : all) {
        var resource = Files.exists(file) ? new Resource(parse(file)) : null;
        if (resource != null
            && (chosen.test(resource) || gone.stream().anyMatch(resource::ownedBy))) {
          delete(file);
          gone.add(resource);
          more = true;
        }
      }
    }
    return gone;
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var tree = Files.walk(folder)) {
      return tree.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the saved resources in " + folder, e);
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UserError(
          "the saved resource in %s cannot be read: %s".formatted(file, e.getMessage()),
          "Delete that file to forget the resource.");
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
