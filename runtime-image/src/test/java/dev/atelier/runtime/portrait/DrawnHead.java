package dev.atelier.runtime.portrait;

import dev.atelier.runtime.image.Region;
import java.awt.image.BufferedImage;

/**
 * Where a head is in a drawn portrait, told by the renderer itself.
 *
 * @param head with hair and ears, as far as it is in the picture; long hair counts down to the chin
 * @param face its outline without hair and ears; may reach outside the picture
 */
public record DrawnHead(Region head, Region face) {

  /** Half of a pixel is covered. */
  private static final int OPAQUE = 127;

  /** In pixels of a picture of that edge. */
  public static DrawnHead in(Identity person, Scene scene, int edge) {
    var canvas = Canvas.transparent();
    var pose = PortraitRenderer.pose(scene.pose());
    canvas.transform(pose);
    var at = Anatomy.of(person, scene);
    var hair = new HairPainter(canvas, at, person);
    hair.behind(new Dice(person.details()));
    new FacePainter(canvas, at, person).head();
    hair.front();
    double scale = (double) edge / Canvas.UNITS;
    var face = pose.createTransformedShape(at.face(person.build().jaw(), 0, 0)).getBounds2D();
    return new DrawnHead(
        painted(canvas.image(), face.getMaxY()).scaled(scale),
        new Region(face.getMinX(), face.getMinY(), face.getMaxX(), face.getMaxY()).scaled(scale));
  }

  private static Region painted(BufferedImage image, double chin) {
    int left = image.getWidth();
    int top = image.getHeight();
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < Math.min(image.getHeight(), Math.ceil(chin)); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) >>> 24 > OPAQUE) {
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    return new Region(left, top, right, bottom);
  }
}
