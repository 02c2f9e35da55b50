package dev.atelier.runtime.gallery;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/** Paints a contact sheet. */
public final class SheetPainter {

  private static final Color PAPER = new Color(0xfbfbfa);
  private static final Color MOUNT = new Color(0xececea);
  private static final Color QUIET = new Color(0x5c636b);
  private static final Color RULE = new Color(0xd9d9d6);

  /** Edge of a picture, in pixels like all below. */
  private static final int EDGE = 192;

  private static final int GAP = 16;
  private static final int MARGIN = 40;
  private static final int HEADER = 96;
  private static final int HEADER_NOTE = 22;
  private static final int ROW_HEADER = 58;
  private static final int ROW_GAP = 26;
  private static final double TITLE = 30;
  private static final double HEADING = 19;
  private static final double TEXT = 15;
  private static final double NOTE = 13;
  private static final int NOTE_LINE = 17;
  private static final int NOTE_LINES = 5;

  private final Sheet sheet;
  private final BufferedImage image;
  private final Graphics2D canvas;

  private SheetPainter(Sheet sheet) {
    this.sheet = sheet;
    this.image = new BufferedImage(width(sheet), height(sheet), BufferedImage.TYPE_INT_RGB);
    this.canvas = image.createGraphics();
  }

  /** The sheet as a picture. */
  public static BufferedImage paint(Sheet sheet) {
    var painter = new SheetPainter(sheet);
    painter.paint();
    painter.canvas.dispose();
    return painter.image;
  }

  private static int width(Sheet sheet) {
    return 2 * MARGIN + Math.max(4, sheet.columns()) * (EDGE + GAP) - GAP;
  }

  private static int height(Sheet sheet) {
    return MARGIN
        + header(sheet)
        + sheet.rows().stream().mapToInt(row -> height(sheet, row) + ROW_GAP).sum()
        + MARGIN
        - ROW_GAP;
  }

  private static int header(Sheet sheet) {
    return HEADER + sheet.notes().size() * HEADER_NOTE;
  }

  private static int height(Sheet sheet, Sheet.Row row) {
    return ROW_HEADER + sheet.lines(row) * cellHeight(row);
  }

  private static int cellHeight(Sheet.Row row) {
    boolean notes = row.cells().stream().anyMatch(cell -> !cell.note().isEmpty());
    boolean titles = notes || row.cells().stream().anyMatch(cell -> !cell.title().isEmpty());
    return EDGE + GAP + (titles ? 24 : 0) + (notes ? noteLines(row) * NOTE_LINE + 4 : 0);
  }

  private static int noteLines(Sheet.Row row) {
    return row.cells().stream()
        .mapToInt(cell -> Lettering.REGULAR.wrapped(cell.note(), NOTE, EDGE, NOTE_LINES).size())
        .max()
        .orElse(0);
  }

  private void paint() {
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    canvas.setColor(PAPER);
    canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
    int across = image.getWidth() - 2 * MARGIN;
    write(Lettering.SEMIBOLD, sheet.title(), MARGIN, MARGIN + 28, TITLE, across, Tone.PLAIN.ink());
    write(Lettering.REGULAR, sheet.subtitle(), MARGIN, MARGIN + 58, TEXT, across, QUIET);
    int baseline = MARGIN + 58;
    for (var note : sheet.notes()) {
      baseline += HEADER_NOTE;
      write(Lettering.REGULAR, note, MARGIN, baseline, TEXT, across, Tone.PLAIN.ink());
    }
    int top = MARGIN + header(sheet);
    for (var row : sheet.rows()) {
      row(row, top, across);
      top += height(sheet, row) + ROW_GAP;
    }
  }

  private void row(Sheet.Row row, int top, int across) {
    canvas.setColor(RULE);
    canvas.fill(new Rectangle2D.Double(MARGIN, top - 12, across, 1));
    write(Lettering.SEMIBOLD, row.title(), MARGIN, top + 16, HEADING, across, Tone.PLAIN.ink());
    write(Lettering.REGULAR, row.subtitle(), MARGIN, top + 38, TEXT, across, QUIET);
    int cells = cellHeight(row);
    for (int i = 0; i < row.cells().size(); i++) {
      int x = MARGIN + i % sheet.columns() * (EDGE + GAP);
      int y = top + ROW_HEADER + i / sheet.columns() * cells;
      cell(row.cells().get(i), x, y);
    }
  }

  private void cell(Sheet.Cell cell, int x, int y) {
    canvas.setColor(MOUNT);
    canvas.fill(new RoundRectangle2D.Double(x, y, EDGE, EDGE, 8, 8));
    cell.picture().ifPresent(picture -> picture(cell, picture, x, y));
    if (cell.tone() == Tone.PLAIN) {
      write(Lettering.SEMIBOLD, cell.title(), x, y + EDGE + 19, TEXT, EDGE, cell.tone().ink());
    } else {
      canvas.setColor(cell.tone().ink());
      canvas.fill(new RoundRectangle2D.Double(x, y + EDGE + 8, 4, 12, 3, 3));
      write(
          Lettering.SEMIBOLD,
          cell.title(),
          x + 10,
          y + EDGE + 19,
          TEXT,
          EDGE - 10,
          cell.tone().ink());
    }
    int baseline = y + EDGE + 38;
    for (var line : Lettering.REGULAR.wrapped(cell.note(), NOTE, EDGE, NOTE_LINES)) {
      write(Lettering.REGULAR, line, x, baseline, NOTE, EDGE, QUIET);
      baseline += NOTE_LINE;
    }
  }

  /** The whole picture within the square; nothing is cut off. */
  private void picture(Sheet.Cell cell, RgbImage picture, int x, int y) {
    double scale = (double) EDGE / Math.max(picture.width(), picture.height());
    int width = Math.max(1, (int) Math.round(picture.width() * scale));
    int height = Math.max(1, (int) Math.round(picture.height() * scale));
    int left = x + (EDGE - width) / 2;
    int top = y + (EDGE - height) / 2;
    var filter = scale > 1 ? Filter.BICUBIC : Filter.LANCZOS;
    canvas.setClip(new RoundRectangle2D.Double(x, y, EDGE, EDGE, 8, 8));
    canvas.drawImage(Resize.to(picture, width, height, filter).toBuffered(), left, top, null);
    canvas.setClip(null);
    cell.mark().map(mark -> mark.scaled(scale)).ifPresent(mark -> outline(mark, left, top));
  }

  private void outline(Region mark, int left, int top) {
    var box =
        new RoundRectangle2D.Double(
            left + mark.left(), top + mark.top(), mark.width(), mark.height(), 8, 8);
    canvas.setStroke(new BasicStroke(3.5f));
    canvas.setColor(new Color(0, 0, 0, 110));
    canvas.draw(box);
    canvas.setStroke(new BasicStroke(1.8f));
    canvas.setColor(Color.WHITE);
    canvas.draw(box);
  }

  private void write(
      Lettering lettering, String text, int x, int baseline, double size, int width, Color ink) {
    canvas.setColor(ink);
    canvas.fill(lettering.line(lettering.fitted(text, size, width), x, baseline, size));
  }
}
