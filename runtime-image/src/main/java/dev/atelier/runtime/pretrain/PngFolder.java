package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.PngTexts;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A folder of PNG pictures, as stages write them.
 *
 * @param edge of the squares that they are read as, in pixels
 */
record PngFolder(Path folder, int edge) {

  private static final String PROMPT = "prompt";

  /**
   * A picture.
   *
   * @param prompt empty if the file has none
   */
  record Png(RgbImage picture, String prompt) {}

  /** All in the order of their names; empty if there is no such folder. */
  List<Png> read() throws IOException {
    var read = new ArrayList<Png>();
    for (var file : files()) {
      var bytes = Files.readAllBytes(file);
      var image = ImageIO.read(new ByteArrayInputStream(bytes));
      if (image == null) {
        throw new StageFailure.BadInput(
            "%s is no PNG picture; delete it or replace it".formatted(file));
      }
      read.add(
          new Png(
              Resize.to(RgbImage.of(image), edge, edge, Filter.LANCZOS),
              PngTexts.of(bytes).getOrDefault(PROMPT, "")));
    }
    return read;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }
}
