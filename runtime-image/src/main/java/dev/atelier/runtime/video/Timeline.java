package dev.atelier.runtime.video;

import dev.atelier.runtime.image.RgbImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Frames at even steps of time, whatever the file's own pace: each is what a player would show at
 * that moment, the last frame that has begun.
 *
 * @param start of the first frame in seconds from the beginning of the file
 * @param framesPerSecond of the result
 * @param frames exactly so many
 */
public record Timeline(double start, double framesPerSecond, int frames) {

  /** Timestamps are rounded: a frame that begins this much later still counts as begun. */
  private static final double ROUNDING = 2e-3;

  /** Clips that begin earlier are read from the beginning of the file. */
  private static final double SKIP_FROM = 10;

  private static final double RUN_UP = 1;

  /**
   * Reads the frames.
   *
   * @param each applied to every distinct frame as it is decoded, such as a reduction in size
   * @throws VideoException if the file ends before the last of them, or is damaged
   */
  public List<RgbImage> read(Path file, UnaryOperator<RgbImage> each) throws VideoException {
    if (start > SKIP_FROM) {
      try (var reader = VideoReader.open(file)) {
        reader.skipTo(start - RUN_UP);
        var next = reader.next();
        if (next.isPresent() && next.get().seconds() <= start) {
          return new Reading(reader, next).frames(each);
        }
      }
    }
    try (var reader = VideoReader.open(file)) {
      return new Reading(reader, reader.next()).frames(each);
    }
  }

  /** One pass over the file. */
  private final class Reading {
    private final VideoReader reader;
    private Optional<VideoFrame> next;
    private Optional<VideoFrame> shown = Optional.empty();
    private Optional<RgbImage> made = Optional.empty();

    Reading(VideoReader reader, Optional<VideoFrame> next) {
      this.reader = reader;
      this.next = next;
    }

    List<RgbImage> frames(UnaryOperator<RgbImage> each) throws VideoException {
      var found = new ArrayList<RgbImage>(frames);
      while (found.size() < frames) {
        advance(start + found.size() / framesPerSecond + ROUNDING, found.size());
        var frame = shown.orElseThrow();
        made = made.or(() -> Optional.of(each.apply(frame.picture())));
        found.add(made.orElseThrow());
      }
      return List.copyOf(found);
    }

    private void advance(double moment, int found) throws VideoException {
      while (next.isPresent() && next.get().seconds() <= moment) {
        shown = next;
        made = Optional.empty();
        next = reader.next();
      }
      if (shown.isEmpty() || (next.isEmpty() && moment > shown.get().seconds() + shownFor())) {
        throw new VideoException(
            "it ends after %d of the %d frames of the clip at %.2f s"
                .formatted(found, frames, start));
      }
    }

    /** The last frame is shown for as long as any other. */
    private double shownFor() {
      return 1.5 / Math.max(1, reader.traits().framesPerSecond());
    }
  }
}
