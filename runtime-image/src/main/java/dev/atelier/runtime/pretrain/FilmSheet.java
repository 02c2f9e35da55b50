package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.gallery.Sheet;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Films as rows of a contact sheet. */
final class FilmSheet {

  private static final int EVERY = 2;

  private FilmSheet() {}

  /**
   * A row for each film.
   *
   * @param films each {@code [1, 3, frames, height, width]} in [-1, 1]
   */
  static Sheet of(String title, String subtitle, List<String> rows, List<Tensor> films) {
    return ofFrames(title, subtitle, rows, films.stream().map(FilmSheet::frames).toList());
  }

  /** A row for each film, every other frame. */
  static Sheet ofFrames(
      String title, String subtitle, List<String> rows, List<List<RgbImage>> films) {
    var lines = new ArrayList<Sheet.Row>();
    for (int i = 0; i < films.size(); i++) {
      var cells = new ArrayList<Sheet.Cell>();
      for (int at = 0; at < films.get(i).size(); at += EVERY) {
        cells.add(Sheet.Cell.of(films.get(i).get(at), "", ""));
      }
      lines.add(new Sheet.Row(rows.get(i), "", cells));
    }
    return new Sheet(title, subtitle, lines.isEmpty() ? 1 : lines.get(0).cells().size(), lines);
  }

  /** The frames of {@code [1, 3, frames, height, width]} in [-1, 1]. */
  static List<RgbImage> frames(Tensor film) {
    long[] shape = film.shape();
    return PictureTensors.pictures(
        film.mul(0.5)
            .add(0.5)
            .permute(0, 2, 1, 3, 4)
            .reshape(shape[2], shape[1], shape[3], shape[4])
            .contiguous());
  }
}
