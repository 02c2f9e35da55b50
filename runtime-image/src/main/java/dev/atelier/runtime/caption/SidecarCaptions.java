package dev.atelier.runtime.caption;

import java.util.Optional;

/** The text in {@code NAME.txt} beside a file, on one line; all its clips share it. */
public final class SidecarCaptions implements ClipCaptions {

  @Override
  public Optional<String> of(CaptionRequest clip) {
    return clip.file().sidecar().map(text -> text.replaceAll("\\s+", " "));
  }

  @Override
  public String protocol() {
    return "Sidecar";
  }
}
