package dev.atelier.runtime.gallery;

import java.util.Map;

/**
 * What the page of a stage that draws clips is made of.
 *
 * @param clips by name
 * @param baseline clips of the base model, by name
 */
public record ClipGallery(
    ClipReport report, Map<String, Playable> clips, Map<String, Playable> baseline) {

  public ClipGallery {
    clips = Map.copyOf(clips);
    baseline = Map.copyOf(baseline);
  }
}
