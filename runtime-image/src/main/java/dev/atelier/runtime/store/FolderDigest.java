package dev.atelier.runtime.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The digests of a folder's files, each read once, and what follows from them for the folder and
 * for folders in it. Hidden files do not count, links do as what they point to.
 *
 * @param files in the order of their paths
 */
public record FolderDigest(List<Entry> files) {

  /**
   * A file.
   *
   * @param path below the folder, with {@code /}
   */
  public record Entry(String path, String sha256) {}

  public FolderDigest {
    files = List.copyOf(files);
  }

  /** Reads a folder. */
  public static FolderDigest of(Path folder) throws IOException {
    List<Path> found;
    try (var walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      found =
          walk.filter(Files::isRegularFile)
              .filter(file -> !folder.relativize(file).toString().startsWith("."))
              .sorted()
              .toList();
    }
    var files = new ArrayList<Entry>();
    for (var file : found) {
      files.add(new Entry(folder.relativize(file).toString().replace('\\', '/'), Digests.of(file)));
    }
    return new FolderDigest(files);
  }

  /**
   * Of the lines {@code sha256 two-spaces relative-path}, as {@code sha256sum} prints them, sorted
   * by path.
   */
  public String sha256() {
    var lines =
        files.stream()
            .map(file -> file.sha256() + "  " + file.path() + "\n")
            .collect(Collectors.joining());
    return Digests.of(lines.getBytes(StandardCharsets.UTF_8));
  }

  /** That of a folder in this one. */
  public FolderDigest below(String folder) {
    var prefix = folder + "/";
    return new FolderDigest(
        files.stream()
            .filter(file -> file.path().startsWith(prefix))
            .map(file -> new Entry(file.path().substring(prefix.length()), file.sha256()))
            .filter(file -> !file.path().startsWith("."))
            .toList());
  }
}
