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

  /** Clips and pictures in all parts. */
  public int size() {
    return parts.stream().mapToInt(Clips::size).sum();
  }
}
