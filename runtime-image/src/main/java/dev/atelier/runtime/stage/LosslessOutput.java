package dev.atelier.runtime.stage;

import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.video.LosslessClip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Clips as files that anything plays, each with its caption beside it. */
record LosslessOutput(Path scratch, int framesPerSecond) implements ClipOutput {

  @Override
  public Writing begin(WorkLedger ledger, String digest) {
    var files = new ArrayList<Manifest.StoredFile>();
    return new Writing() {
      @Override
      public void add(ClipRecord clip, List<RgbImage> frames) throws IOException {
        var name = PreparedClips.FILES + clip.id();
        var film = scratch.resolve(clip.id() + LosslessClip.ENDING);
        LosslessClip.write(film, frames, framesPerSecond);
        files.add(ledger.put(digest, name + LosslessClip.ENDING, film, LosslessClip.MEDIA_TYPE));
        Files.delete(film);
        var caption = Objects.requireNonNull(clip.caption()).getBytes(StandardCharsets.UTF_8);
        files.add(ledger.put(digest, name + ".txt", caption, "text/plain"));
      }

      @Override
      public List<Manifest.StoredFile> finish() {
        return List.copyOf(files);
      }
    };
  }

  @Override
  public String protocol() {
    return "FFV1 in Matroska at %d frames per second".formatted(framesPerSecond);
  }
}
