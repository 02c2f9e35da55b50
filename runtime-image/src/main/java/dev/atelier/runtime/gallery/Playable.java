package dev.atelier.runtime.gallery;

import java.util.Base64;
import java.util.Optional;

/**
 * A clip as a page plays it.
 *
 * @param poster the still, as a data URI
 * @param video the MP4 as a data URI; absent on pages that would grow too large with it
 * @param preview the small moving picture as a data URI, present exactly without the video
 */
public record Playable(String poster, Optional<String> video, Optional<String> preview) {

  /** The clip itself. */
  public static Playable video(byte[] poster, byte[] mp4) {
    return new Playable(
        uri("image/png", poster), Optional.of(uri("video/mp4", mp4)), Optional.empty());
  }

  /** The small moving picture of a clip that lies beside the page. */
  public static Playable preview(byte[] poster, byte[] webp) {
    return new Playable(
        uri("image/png", poster), Optional.empty(), Optional.of(uri("image/webp", webp)));
  }

  private static String uri(String type, byte[] bytes) {
    return "data:%s;base64,%s".formatted(type, Base64.getEncoder().encodeToString(bytes));
  }
}
