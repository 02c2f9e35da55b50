package dev.atelier.runtime.photo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the files made from a photo are called: its name without the ending, or with it where two
 * photos share the rest (IMG_1.jpg and IMG_1.png).
 */
public final class PhotoFileNames {

  private PhotoFileNames() {}

  /** From photo name to stem; no two stems are equal, even where letter case does not count. */
  public static Map<String, String> of(List<String> photos) {
    Set<String> taken = new HashSet<>();
    Map<String, String> names = new HashMap<>();
    for (var photo : photos) {
      var stem = clean(withoutEnding(photo));
      if (!taken.add(stem.toLowerCase(Locale.ROOT))) {
        stem = free(clean(photo), taken);
      }
      names.put(photo, stem);
    }
    return names;
  }

  private static String free(String wanted, Set<String> taken) {
    var name = wanted;
    for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
      name = wanted + "-" + n;
    }
    return name;
  }

  private static String withoutEnding(String photo) {
    int dot = photo.lastIndexOf('.');
    return dot > 0 ? photo.substring(0, dot) : photo;
  }

  /** Characters that no store and no file system trips over. */
  private static String clean(String name) {
    var clean = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^\\.+", "");
    return clean.isEmpty() ? "photo" : clean;
  }
}
