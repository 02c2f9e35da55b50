package dev.atelier.runtime.caption;

import java.util.Optional;

/** Says what a clip shows. */
public interface ClipCaptions {

  /** A caption, or empty where nothing says what the clip shows. */
  Optional<String> of(CaptionRequest clip);

  /** Where captions come from, for provenance; the same text for the same captions. */
  String protocol();
}
