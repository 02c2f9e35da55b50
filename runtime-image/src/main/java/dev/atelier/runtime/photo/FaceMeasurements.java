package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Luma;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.perception.Face;

/**
 * Numbers about the face in a photo.
 *
 * @param pixels width of the face in the file's pixels
 * @param sharpness variance of the Laplacian on the face at 112 x 112, gray 0..255
 * @param meanLuma mean brightness of the face, 0..255
 * @param highlights brightness that 95 % of the face stays below: high in every well-lit face,
 *     whatever the skin
 * @param clippedShare share (0..1) of the face at 250 or brighter
 * @param yawDegrees estimated turn of the head, positive to the viewer's right
 * @param rollDegrees lean of the head, positive clockwise
 * @param share height of the face in heights of the photo
 */
public record FaceMeasurements(
    double pixels,
    double sharpness,
    double meanLuma,
    double highlights,
    double clippedShare,
    double yawDegrees,
    double rollDegrees,
    double share,
    FaceCover cover,
    Surroundings surroundings) {
  private static final int SIDE = 112;

  static FaceMeasurements of(Decoded.Picture picture, Face face) {
    var box = face.box().within(picture.image().width(), picture.image().height());
    var luma = Luma.of(Resize.region(picture.image(), box, SIDE, SIDE, Filter.BICUBIC));
    return new FaceMeasurements(
        face.box().width() * picture.reduction(),
        luma.laplacianVariance(),
        luma.mean(),
        luma.quantile(0.95),
        luma.shareAtLeast(250),
        face.landmarks().yawDegrees(),
        face.landmarks().rollDegrees(),
        face.box().height() / picture.image().height(),
        FaceCover.of(picture.image(), face),
        Surroundings.of(picture.image(), face));
  }
}
