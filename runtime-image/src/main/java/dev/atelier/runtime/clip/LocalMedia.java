package dev.atelier.runtime.clip;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The local copy of the file that was asked for last. Clips of one file follow one another, and a
 * bucket sends the whole file each time that it is opened.
 */
final class LocalMedia {

  private record Copy(MediaFile file, Path path) {}

  private Optional<Copy> last = Optional.empty();

  Path of(MediaFile file) {
    var copy =
        last.filter(known -> known.file().equals(file))
            .orElseGet(() -> new Copy(file, file.open()));
    last = Optional.of(copy);
    return copy.path();
  }
}
