package dev.atelier.runtime.film;

import dev.atelier.runtime.image.RgbImage;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A film that can be drawn. Lengths are shares of the picture's width.
 *
 * @param x where the shape's centre of mass is at half time
 * @param y downwards
 * @param radius half the width of the shape
 * @param way how far it goes
 */
public record Film(
    FilmSubject subject, Ground ground, double x, double y, double radius, double way) {

  private static final double LEAST_RADIUS = 0.14;
  private static final double MOST_RADIUS = 0.19;
  private static final double LEAST_WAY = 0.36;
  private static final double MOST_WAY = 0.48;

  /** How far beside the middle of its way a shape passes at half time. */
  private static final double EARLY_OR_LATE = 0.04;

  private static final double MARGIN = 0.06;

  /** Pixels are means of so many in a row: edges fall between pixels as in a camera's pictures. */
  private static final int FINER = 2;

  /** A film of a subject. */
  public static Film of(FilmSubject subject, long seed) {
    var random = new Random(seed);
    var ground = Ground.values()[random.nextInt(Ground.values().length)];
    double radius = between(random, LEAST_RADIUS, MOST_RADIUS);
    double way = between(random, LEAST_WAY, MOST_WAY);
    double along = 0.5 + between(random, -EARLY_OR_LATE, EARLY_OR_LATE);
    double room = radius + MARGIN;
    double across = between(random, room, 1 - room);
    boolean level = subject.direction().y() == 0;
    return new Film(subject, ground, level ? along : across, level ? across : along, radius, way);
  }

  /** A film of one of these subjects. */
  public static Film of(List<FilmSubject> subjects, long seed) {
    var random = new Random(seed);
    return of(subjects.get(random.nextInt(subjects.size())), random.nextLong());
  }

  /** The same on another ground. */
  public Film on(Ground other) {
    return new Film(subject, other, x, y, radius, way);
  }

  /** So many frames from first to last. */
  public List<RgbImage> frames(int count, int edge) {
    return IntStream.range(0, count)
        .mapToObj(i -> frame(count == 1 ? 0.5 : (double) i / (count - 1), edge))
        .toList();
  }

  /**
   * The picture at a time.
   *
   * @param time from 0 to 1
   * @param edge width and height in pixels
   */
  public RgbImage frame(double time, int edge) {
    int size = edge * FINER;
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(ground.paint().awt());
    graphics.fillRect(0, 0, size, size);
    graphics.transform(AffineTransform.getScaleInstance(size, size));
    graphics.setColor(subject.colour().paint().awt());
    double gone = (time - 0.5) * way;
    graphics.fill(
        subject
            .form()
            .outline(
                x + gone * subject.direction().x(), y + gone * subject.direction().y(), radius));
    graphics.dispose();
    return RgbImage.reduced(image, FINER);
  }

  private static double between(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
