package dev.atelier.local.workstation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the files and folders that a user names: several documents per file, folders sorted by
 * name, without descending, only {@code *.yaml}, {@code *.yml} and {@code *.json} (JSON is YAML).
 */
public final class ManifestFiles {

  /** On a PersistentVolumeClaim: the folder that is the volume, relative to the file. */
  public static final String PATH_ANNOTATION = "atelier.dev/workstation-path";

  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final Set<String> CLUSTER_SCOPED =
      Set.of("DiffusionRuntime", "Namespace", "PersistentVolume", "PriorityClass", "StorageClass");

  private ManifestFiles() {}

  /**
   * Reads everything.
   *
   * @throws UserError if a path is missing or a file is no YAML of Kubernetes resources; the
   *     message names file and line
   */
  public static List<Manifest> read(List<Path> paths) {
    var manifests = new ArrayList<Manifest>();
    for (var path : paths) {
      for (var file : files(path)) {
        manifests.addAll(documents(file));
      }
    }
    if (manifests.isEmpty()) {
      throw new UserError(
          "no resources in " + join(paths),
          "Name a file or folder with *.yaml, *.yml or *.json, such as samples/headshot.");
    }
    return List.copyOf(manifests);
  }

  private static List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new UserError(
          path + ": no such file or folder", "Check the path; it is relative to where you are.");
    }
    try (var entries = Files.list(path)) {
      return entries.filter(ManifestFiles::isManifest).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + path, e);
    }
  }

  private static boolean isManifest(Path file) {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private static List<Manifest> documents(Path file) {
    var found = new ArrayList<Manifest>();
    try (MappingIterator<JsonNode> nodes =
        YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      while (nodes.hasNextValue()) {
        var node = nodes.nextValue();
        if (node.isObject() && !node.isEmpty()) {
          addAll(found, file, (ObjectNode) node);
        } else if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
          throw new UserError(
              file + ": a document is no mapping", "Every document needs apiVersion and kind.");
        }
      }
      return found;
    } catch (JsonProcessingException e) {
      var where = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw new UserError(
          "%s%s: not YAML: %s"
              .formatted(file, where, e.getOriginalMessage().lines().findFirst().orElse("")),
          "Check indentation and quotes there.");
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), "Check its permissions.");
    }
  }

  private static void addAll(List<Manifest> found, Path file, ObjectNode document) {
    if (document.path("kind").asText().equals("List")) {
      document.path("items").forEach(item -> addAll(found, file, (ObjectNode) item));
      return;
    }
    var resource = new Resource(document);
    if (resource.kind().isEmpty() || resource.apiVersion().isEmpty() || resource.name().isEmpty()) {
      throw new UserError(
          file + ": a document lacks apiVersion, kind or metadata.name",
          "Add them; `./atelier get -o yaml` shows how resources look.");
    }
    var metadata = (ObjectNode) document.path("metadata");
    if (resource.namespace().isEmpty() && !CLUSTER_SCOPED.contains(resource.kind())) {
      metadata.put("namespace", "default");
    }
    if (resource.kind().equals("PersistentVolumeClaim")) {
      absolutePath(metadata, file);
    }
    found.add(new Manifest(file, document));
  }

  private static void absolutePath(ObjectNode metadata, Path file) {
    var annotation = metadata.path("annotations").path(PATH_ANNOTATION);
    if (annotation.isTextual()) {
      var folder = file.toAbsolutePath().resolveSibling(annotation.asText()).normalize();
      ((ObjectNode) metadata.path("annotations")).put(PATH_ANNOTATION, folder.toString());
    }
  }

  private static String join(List<Path> paths) {
    return String.join(", ", paths.stream().map(Path::toString).toList());
  }
}
