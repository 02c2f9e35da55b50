package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.RgbImage;
import java.util.Optional;

/**
 * A clip as the first look at its file saw it.
 *
 * @param poster the picture that stands for it; absent where nothing could be decoded
 */
public record ScannedClip(ClipRecord record, Optional<RgbImage> poster) {

  ScannedClip with(ClipRecord other) {
    return new ScannedClip(other, poster);
  }
}
