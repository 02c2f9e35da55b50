package dev.atelier.runtime.serve;

import java.util.Arrays;
import java.util.Optional;

/** What can be asked for. */
public enum Api {
  VIDEOS("Videos", "video", "/v1/videos"),
  IMAGES("Images", "image", "/v1/images/generations");

  private final String title;
  private final String kind;
  private final String path;

  Api(String title, String kind, String path) {
    this.title = title;
    this.kind = kind;
    this.path = path;
  }

  /** The API of a title of the stage file. */
  public static Optional<Api> titled(String title) {
    return Arrays.stream(values()).filter(api -> api.title.equals(title)).findFirst();
  }

  /** Name in the resource and in metrics. */
  public String title() {
    return title;
  }

  /** What its requests' ids begin with. */
  String kind() {
    return kind;
  }

  /** Where its requests go. */
  String path() {
    return path;
  }
}
