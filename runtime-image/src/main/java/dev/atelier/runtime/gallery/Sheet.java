package dev.atelier.runtime.gallery;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * A contact sheet: pictures in titled rows.
 *
 * @param notes sentences below the subtitle, a line each
 * @param columns pictures beside each other; a row with more goes on below
 */
public record Sheet(
    String title, String subtitle, List<String> notes, int columns, List<Row> rows) {

  /** A sheet without notes. */
  public Sheet(String title, String subtitle, int columns, List<Row> rows) {
    this(title, subtitle, List.of(), columns, rows);
  }

  public Sheet {
    notes = List.copyOf(notes);
    rows = List.copyOf(rows);
  }

  /** Pictures that belong together. */
  public record Row(String title, String subtitle, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * One picture with words below it.
   *
   * @param picture absent where there is none to show; the words say why
   * @param mark outlined region of the picture, such as the face that was found
   * @param note up to five lines, may be empty
   */
  public record Cell(
      Optional<RgbImage> picture, Optional<Region> mark, String title, String note, Tone tone) {

    /** A picture without a mark. */
    public static Cell of(RgbImage picture, String title, String note) {
      return new Cell(Optional.of(picture), Optional.empty(), title, note, Tone.PLAIN);
    }

    /** A place that stays empty. */
    public static Cell empty(String title, String note, Tone tone) {
      return new Cell(Optional.empty(), Optional.empty(), title, note, tone);
    }
  }

  /** How many lines of cells a row takes. */
  int lines(Row row) {
    return (row.cells().size() + columns - 1) / columns;
  }
}
