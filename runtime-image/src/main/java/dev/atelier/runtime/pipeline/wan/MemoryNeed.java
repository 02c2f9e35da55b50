package dev.atelier.runtime.pipeline.wan;

/**
 * What one part of the pipeline holds at its peak, in bytes.
 *
 * @param part its name for people
 * @param way how it works then
 * @param weights of the model
 * @param work intermediate results, the clip included
 */
public record MemoryNeed(String part, String way, long weights, long work) {
  static final String WHOLE = "whole";
  static final String BLOCKS = "block by block from its files";
  static final String TILES = "in squares";

  private static final double GIB = 1L << 30;

  /** All of it. */
  public long total() {
    return weights + work;
  }

  /** Whether pictures pass in squares. */
  boolean inTiles() {
    return way.equals(TILES);
  }

  @Override
  public String toString() {
    return "%s (%s): %.2f GiB = %.2f GiB of weights + %.2f GiB of work"
        .formatted(part, way, total() / GIB, weights / GIB, work / GIB);
  }
}
