package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.gallery.Sheet;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** What a base model draws for the same prompts and the same seeds, whichever model it is. */
final class PromptSheet {

  private static final List<String> PROMPTS =
      List.of(
          "photo of a person wearing a navy suit in an office",
          "portrait of a person with long red hair and glasses wearing a green sweater in a forest",
          "headshot of a bald person with a beard wearing a black suit in a library",
          "photo of a person with short blonde hair wearing a red hoodie in the snow",
          "photo of a person wearing a white shirt in a city at night",
          "photo of a person with curly black hair wearing a yellow turtleneck at the beach");

  private static final List<Long> SEEDS = LongStream.rangeClosed(1, 6).boxed().toList();

  private PromptSheet() {}

  /**
   * The sheet of a model.
   *
   * @param model a diffusers folder
   * @param edge of a picture in pixels
   */
  static Sheet of(Torch torch, Path model, int edge, String title) {
    try (var painter = new PromptPainter(torch, model, edge)) {
      var rows =
          PROMPTS.stream()
              .map(prompt -> new Sheet.Row(prompt, "", cells(painter, prompt)))
              .toList();
      return new Sheet(title, PromptPainter.HOW, SEEDS.size(), rows);
    }
  }

  private static List<Sheet.Cell> cells(PromptPainter painter, String prompt) {
    return painter.draw(Collections.nCopies(SEEDS.size(), prompt), SEEDS).stream()
        .map(picture -> Sheet.Cell.of(picture, "", ""))
        .toList();
  }
}
