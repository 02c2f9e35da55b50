package dev.atelier.runtime.clip;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.ArtifactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A video or picture in a folder or bucket.
 *
 * @param name unique in its set, as reports call it
 * @param stem what files made from it are called, unique in its set
 * @param key in the store that holds it
 */
public record MediaFile(String name, String stem, ArtifactStore store, String key) {

  private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png", "webp");

  /** Whether it is a picture, by its ending. */
  public boolean isPicture() {
    return PICTURES.contains(ending(key).toLowerCase(Locale.ROOT));
  }

  /** A local file with its content. */
  public Path open() {
    return store
        .local(key)
        .orElseThrow(
            () ->
                new StageFailure.BadInput(
                    "%s was in %s a moment ago and is gone: leave the files alone while they are prepared"
                        .formatted(key, store.describe())));
  }

  /** The text in {@code NAME.txt} beside it. */
  public Optional<String> sidecar() {
    return store
        .read(withoutEnding(key) + ".txt")
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
        .filter(text -> !text.isEmpty());
  }

  /** A key without what follows its last point. */
  static String withoutEnding(String key) {
    int dot = key.lastIndexOf('.');
    return dot > key.lastIndexOf('/') + 1 ? key.substring(0, dot) : key;
  }

  static String ending(String key) {
    return withoutEnding(key).length() == key.length()
        ? ""
        : key.substring(withoutEnding(key).length() + 1);
  }
}
