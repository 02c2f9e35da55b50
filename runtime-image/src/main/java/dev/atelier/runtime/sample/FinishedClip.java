package dev.atelier.runtime.sample;

import dev.atelier.runtime.safety.PictureVerdict;
import dev.atelier.runtime.store.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * A clip that is done with.
 *
 * @param judged what the output check said of the most doubtful frame; absent where the model gave
 *     no numbers
 * @param files video, preview and poster, empty unless its verdict says that it was produced
 */
public record FinishedClip(
    PlannedPicture planned,
    Verdict verdict,
    Optional<PictureVerdict> judged,
    List<Manifest.StoredFile> files) {

  public FinishedClip {
    files = List.copyOf(files);
  }

  static FinishedClip failed(PlannedPicture planned) {
    return new FinishedClip(planned, Verdict.Failed, Optional.empty(), List.of());
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
