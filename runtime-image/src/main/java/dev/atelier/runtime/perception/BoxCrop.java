package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.Region;
import dev.atelier.runtime.image.RgbImage;
import java.util.Locale;

/**
 * The box of the face with a margin, on whole pixels inside the picture, neither turned nor kept in
 * shape: what FaceNet's networks were trained on ({@code extract_face} of facenet-pytorch).
 *
 * @param margin on each side, as a share of the box's width and height
 */
record BoxCrop(double margin) implements FaceAlignment {

  @Override
  public RgbImage cut(RgbImage picture, Face face) {
    var box = face.box();
    double across = margin * box.width();
    double down = margin * box.height();
    var inside =
        new Region(box.left() - across, box.top() - down, box.right() + across, box.bottom() + down)
            .within(picture.width(), picture.height());
    int left = (int) Math.min(inside.left(), picture.width() - 1);
    int top = (int) Math.min(inside.top(), picture.height() - 1);
    int width = Math.max(1, (int) inside.right() - left);
    int height = Math.max(1, (int) inside.bottom() - top);
    return picture.part(left, top, width, height);
  }

  @Override
  public String protocol() {
    return String.format(Locale.ROOT, "box with margin %s", margin);
  }
}
