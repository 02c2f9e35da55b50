package dev.atelier.runtime.clip;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.DecodeLimits;
import dev.atelier.runtime.photo.Decoded;
import dev.atelier.runtime.photo.PhotoDecoder;
import dev.atelier.runtime.video.Timeline;
import dev.atelier.runtime.video.VideoException;
import java.util.List;

/** Makes clips of one length, pace and size out of the accepted parts of files. */
public final class StandardClip {

  private final ClipSettings settings;
  private final Buckets buckets;
  private final LocalMedia local = new LocalMedia();
  private final PhotoDecoder pictures = new PhotoDecoder(DecodeLimits.defaults());

  /** Clips as the settings want them. */
  public StandardClip(ClipSettings settings) {
    this.settings = settings;
    this.buckets = Buckets.of(settings.width(), settings.height());
  }

  /**
   * The frames of a clip, all of its bucket's size; one frame for a picture.
   *
   * @throws VideoException if the file has changed since it was looked at
   */
  public List<RgbImage> frames(MediaFile file, ClipRecord clip) throws VideoException {
    if (clip.kind() == ClipRecord.Kind.Image) {
      if (pictures.decode(local.of(file)) instanceof Decoded.Picture picture) {
        return List.of(bucket(picture.image()).fit(picture.image()));
      }
      throw new VideoException("%s can no longer be read".formatted(file.name()));
    }
    return new Timeline(clip.start(), settings.framesPerSecond(), settings.frames())
        .read(local.of(file), picture -> bucket(picture).fit(picture));
  }

  private Bucket bucket(RgbImage picture) {
    return buckets.nearest(picture.width(), picture.height());
  }
}
