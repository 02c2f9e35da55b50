package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.gallery.Sheet;
import dev.atelier.runtime.gallery.SheetPainter;
import dev.atelier.runtime.image.PngFile;

/** Contact sheets of a run, one for each time that it published. */
final class Previews {

  private Previews() {}

  static void write(RunFolder folder, String phase, int step, Sheet sheet) {
    folder.store(
        "previews/%s-%06d.png".formatted(phase, step), PngFile.of(SheetPainter.paint(sheet)));
  }
}
