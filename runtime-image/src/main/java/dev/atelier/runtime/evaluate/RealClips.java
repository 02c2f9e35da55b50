package dev.atelier.runtime.evaluate;

import java.util.List;

/**
 * Clips of the world that drawn ones are compared with.
 *
 * @param readings what was read of each; empty where there are none
 * @param told where they come from, or why there are none
 */
public record RealClips(List<ClipReading> readings, String told) {

  public RealClips {
    readings = List.copyOf(readings);
  }

  /**
   * No clips.
   *
   * @param reason for people
   */
  public static RealClips none(String reason) {
    return new RealClips(List.of(), reason);
  }
}
