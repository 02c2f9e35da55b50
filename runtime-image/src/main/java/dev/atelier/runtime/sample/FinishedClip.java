package dev.atelier.runtime.sample;

import dev.atelier.runtime.store.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A clip that is done with.
 *
 * @param nudity the highest score of a frame; absent where the model gave no numbers
 * @param files video, preview and poster, empty unless its verdict says that it was produced
 */
public record FinishedClip(
    PlannedPicture planned,
    Verdict verdict,
    OptionalDouble nudity,
    List<Manifest.StoredFile> files) {

  public FinishedClip {
    files = List.copyOf(files);
  }

  static FinishedClip failed(PlannedPicture planned) {
    return new FinishedClip(planned, Verdict.Failed, OptionalDouble.empty(), List.of());
  }

  /** The MP4. */
  public Optional<Manifest.StoredFile> video() {
    return file(ClipShelf.VIDEO);
  }

  /** The animated WebP. */
  public Optional<Manifest.StoredFile> preview() {
    return file(ClipShelf.PREVIEW);
  }

  /** The PNG. */
  public Optional<Manifest.StoredFile> poster() {
    return file(ClipShelf.POSTER);
  }

  private Optional<Manifest.StoredFile> file(String ending) {
    return files.stream().filter(file -> file.name().endsWith(ending)).findFirst();
  }
}
