package dev.atelier.runtime.pretrain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The loss over the steps in a CSV file, the mean of {@value #EVERY} steps in a line, with the
 * seconds that training took up to there in all attempts together.
 */
final class LossCurve {

  static final int EVERY = 10;
  private static final String HEADER = "step,loss,gradient norm,learning rate,seconds";

  private final Path file;
  private double before;

  LossCurve(Path file) {
    this.file = file;
  }

  /**
   * A line of the file.
   *
   * @param seconds of training so far
   */
  record Point(int step, double loss, double gradientNorm, double learningRate, double seconds) {

    private String line() {
      return String.format(
          Locale.ROOT, "%d,%.5f,%.4f,%.3e,%.0f", step, loss, gradientNorm, learningRate, seconds);
    }

    private static Point of(String line) {
      var cells = line.split(",", -1);
      return new Point(
          Integer.parseInt(cells[0]),
          Double.parseDouble(cells[1]),
          Double.parseDouble(cells[2]),
          Double.parseDouble(cells[3]),
          Double.parseDouble(cells[4]));
    }
  }

  /** Forgets what came after the step that training goes on from. */
  void goOnAfter(int step) {
    var kept = points().stream().filter(point -> point.step() <= step).toList();
    before = kept.isEmpty() ? 0 : kept.get(kept.size() - 1).seconds();
    var lines = new ArrayList<String>();
    lines.add(HEADER);
    kept.forEach(point -> lines.add(point.line()));
    write(lines, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Adds a point; its seconds are those of this attempt. */
  void add(Point point) {
    var total =
        new Point(
            point.step(),
            point.loss(),
            point.gradientNorm(),
            point.learningRate(),
            before + point.seconds());
    write(List.of(total.line()), StandardOpenOption.APPEND);
  }

  /** Everything so far. */
  List<Point> points() {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream()
              .skip(1)
              .filter(line -> line.split(",", -1).length == HEADER.split(",").length)
              .map(Point::of)
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(List<String> lines, StandardOpenOption how) {
    try {
      Files.write(file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
