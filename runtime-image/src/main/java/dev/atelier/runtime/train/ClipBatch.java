package dev.atelier.runtime.train;

import java.util.List;

/**
 * What one step of a video model sees: clips, pictures, or both, of a size per part.
 *
 * @param parts each of clips of one size
 */
public record ClipBatch(List<Clips> parts) {
  public ClipBatch {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a batch holds at least one clip or picture");
    }
  }

  /** One of so many equal shares of every part. */
  ClipBatch part(int which, int of) {
    return new ClipBatch(parts.stream().map(clips -> clips.part(which, of)).toList());
  }

  /** Clips and pictures in all parts. */
  public int size() {
    return parts.stream().mapToInt(Clips::size).sum();
  }
}
