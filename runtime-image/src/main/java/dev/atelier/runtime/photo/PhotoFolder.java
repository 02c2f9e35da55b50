package dev.atelier.runtime.photo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A folder as people upload it: photos, captions beside them, and what operating systems leave
 * behind.
 */
public final class PhotoFolder {
  private PhotoFolder() {}

  /**
   * Everything that is meant to be a photo, sorted by name: no folders, hidden files, read-me
   * files, {@code Thumbs.db} or captions.
   */
  public static List<Path> photos(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> photo(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT)))
          .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
          .toList();
    }
  }

  private static boolean photo(String name) {
    return !name.startsWith(".")
        && !name.endsWith(".txt")
        && !name.endsWith(".md")
        && !name.equals("thumbs.db")
        && !name.equals("desktop.ini");
  }
}
