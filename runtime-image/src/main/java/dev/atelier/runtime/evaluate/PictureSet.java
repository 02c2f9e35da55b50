package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import java.util.List;

/**
 * Pictures to measure and what they are compared with.
 *
 * @param drawn pictures with the texts they were drawn for
 * @param references real pictures: a person's photos, or a set of the kind the model should draw
 */
public record PictureSet(List<Drawn> drawn, List<RgbImage> references) {

  public PictureSet {
    drawn = List.copyOf(drawn);
    references = List.copyOf(references);
  }

  /**
   * A picture and its prompt.
   *
   * @param text as the model read it, the subject in its place
   */
  public record Drawn(String text, RgbImage picture) {}

  List<RgbImage> pictures() {
    return drawn.stream().map(Drawn::picture).toList();
  }

  List<String> texts() {
    return drawn.stream().map(Drawn::text).toList();
  }
}
