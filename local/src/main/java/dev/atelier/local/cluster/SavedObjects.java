package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Objects as YAML files below one folder. */
final class SavedObjects {
  /** What belongs to the process that is ending. */
  private static final Set<String> LEFT_OUT = Set.of("leases", "nodes", "namespaces");

  private final Path folder;

  SavedObjects(Path folder) {
    this.folder = folder;
  }

  /** One object read back. */
  record Saved(ObjectKey key, ObjectNode object) {}

  /** Writes beside the old folder and swaps, so that a crash leaves one of the two whole. */
  void write(Collection<Map.Entry<ObjectKey, ObjectNode>> objects) throws IOException {
    Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
    delete(fresh);
    Files.createDirectories(fresh);
    for (var entry : objects) {
      if (!LEFT_OUT.contains(entry.getKey().plural())) {
        Path file = fresh.resolve(path(entry.getKey()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, Json.YAML.writeValueAsString(entry.getValue()));
      }
    }
    Path old = folder.resolveSibling(folder.getFileName() + ".old");
    delete(old);
    if (Files.exists(folder)) {
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    delete(old);
  }

  List<Saved> read() throws IOException {
    Path old = folder.resolveSibling(folder.getFileName() + ".old");
    Path from = Files.exists(folder) ? folder : old;
    List<Saved> all = new ArrayList<>();
    if (!Files.exists(from)) {
      return all;
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        all.add(readFile(from.relativize(file), Files.readString(file)));
      }
    }
    return all;
  }

  private static Saved readFile(Path file, String yaml) throws IOException {
    JsonNode node = Json.YAML.readTree(yaml);
    if (!(node instanceof ObjectNode object)) {
      throw new IOException(
          "saved object " + file + " is no object; delete the file, or start with --fresh");
    }
    Metadata metadata = Metadata.of(object);
    String group = file.getName(0).toString();
    var key =
        new ObjectKey(
            group.equals("core") ? "" : group,
            file.getName(1).toString(),
            metadata.namespace(),
            metadata.name());
    Interrupted.pod(key, object);
    return new Saved(key, object);
  }

  private static Path path(ObjectKey key) {
    Path kind = Path.of(key.group().isEmpty() ? "core" : key.group(), key.plural());
    return kind.resolve(key.namespace().isEmpty() ? "_cluster" : key.namespace())
        .resolve(key.name().replace(':', '_') + ".yaml");
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
