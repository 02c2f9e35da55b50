package dev.atelier.runtime.stage;

import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.video.LosslessClip;
import dev.atelier.runtime.video.VideoReader;
import java.io.IOException;
import java.util.List;

/**
 * Clips that were prepared as files; nothing was trained on them.
 *
 * @param others names of the clips
 */
record StoredFootage(ArtifactStore store, Manifest manifest, List<String> others)
    implements Footage {

  StoredFootage {
    others = List.copyOf(others);
  }

  /** The clips of a set. */
  static StoredFootage of(ArtifactStore store, StageFolder.Published published) {
    var clips =
        PreparedClips.clips(store, published).stream()
            .filter(clip -> clip.accepted() && clip.kind() == ClipRecord.Kind.Video)
            .map(ClipRecord::id)
            .filter(id -> published.manifest().file(name(id)).isPresent())
            .toList();
    return new StoredFootage(store, published.manifest(), clips);
  }

  @Override
  public List<String> heldOut() {
    return List.of();
  }

  @Override
  public void play(String clip, int frames, Screen screen) throws IOException {
    var file = StageFolder.open(store, manifest.file(name(clip)).orElseThrow());
    try (var reader = VideoReader.open(file)) {
      var next = reader.next();
      for (int shown = 0; shown < frames && next.isPresent(); shown++) {
        screen.show(next.get().picture());
        next = reader.next();
      }
    }
  }

  @Override
  public String told() {
    return "prepared clips";
  }

  private static String name(String clip) {
    return PreparedClips.FILES + clip + LosslessClip.ENDING;
  }
}
