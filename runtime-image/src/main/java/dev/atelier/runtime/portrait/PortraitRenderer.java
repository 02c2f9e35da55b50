package dev.atelier.runtime.portrait;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Draws a person in a scene. */
public final class PortraitRenderer {

  private static final double ENLARGEMENT = 1.16;
  private static final double SIDE_LIGHT = 0.17;

  private PortraitRenderer() {}

  /**
   * The picture.
   *
   * @param edge width and height in pixels, at most 256
   */
  public static RgbImage draw(Identity person, Scene scene, int edge) {
    var picture = Backdrops.of(scene.place(), new Dice(scene.details()));
    var graphics = picture.createGraphics();
    graphics.drawImage(lit(figure(person, scene), scene), 0, 0, null);
    graphics.dispose();
    return Resize.to(RgbImage.of(picture), edge, edge, Filter.LANCZOS);
  }

  private static BufferedImage figure(Identity person, Scene scene) {
    var canvas = Canvas.transparent();
    canvas.transform(pose(scene.pose()));
    var at = Anatomy.of(person, scene);
    var details = new Dice(person.details());
    var hair = new HairPainter(canvas, at, person);
    var face = new FacePainter(canvas, at, person);
    var eyes = new EyePainter(canvas, at, person);
    hair.behind(details);
    new GarmentPainter(canvas, at, person, scene).paint(scene.garment(), scene.colour());
    face.head();
    eyes.eyes();
    face.nose();
    face.moustache();
    new MouthPainter(canvas, at, person).paint(scene.smile());
    face.marks(details);
    hair.front();
    eyes.glasses();
    return canvas.image();
  }

  /** Moves the head's centre to the middle of the picture and then by the pose. */
  static AffineTransform pose(Scene.Pose pose) {
    double centre = Canvas.UNITS / 2.0;
    var transform = new AffineTransform();
    transform.translate(centre + pose.dx(), centre + 4 + pose.dy());
    transform.rotate(Math.toRadians(pose.rollDegrees()));
    transform.scale(ENLARGEMENT * pose.scale(), ENLARGEMENT * pose.scale());
    transform.translate(-centre, -(centre - 12));
    return transform;
  }

  /** Brightness rises towards the light, on the person only. */
  private static BufferedImage lit(BufferedImage figure, Scene scene) {
    for (int x = 0; x < figure.getWidth(); x++) {
      double side = 2.0 * x / figure.getWidth() - 1;
      double factor = (1 + SIDE_LIGHT * scene.light() * side) * scene.exposure();
      for (int y = 0; y < figure.getHeight(); y++) {
        figure.setRGB(x, y, lit(figure.getRGB(x, y), factor));
      }
    }
    return figure;
  }

  private static int lit(int argb, double factor) {
    int red = (int) Math.min(255, (argb >> 16 & 255) * factor);
    int green = (int) Math.min(255, (argb >> 8 & 255) * factor);
    int blue = (int) Math.min(255, (argb & 255) * factor);
    return argb & 0xff000000 | red << 16 | green << 8 | blue;
  }
}
