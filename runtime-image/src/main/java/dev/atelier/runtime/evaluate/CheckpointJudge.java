package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Embedding;
import dev.atelier.runtime.perception.Perception;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the pictures of a checkpoint tell about likeness and copying: the likeness against photos
 * that training never saw, the copying against those that it did.
 */
public final class CheckpointJudge {

  private final FaceReader faces;
  private final PersonPhotos heldOut;
  private final PersonPhotos learned;

  /**
   * @param heldOut photos that training does not see
   * @param learned photos that training sees, in every form that it sees them in
   */
  public CheckpointJudge(
      Perception perception,
      List<RgbImage> heldOut,
      List<RgbImage> learned,
      double samePersonMaxDistance) {
    this.faces = new FaceReader(perception);
    this.heldOut = PictureJudge.photos(perception, heldOut, samePersonMaxDistance);
    this.learned =
        new PersonPhotos(
            learned.stream()
                .map(photo -> new PersonPhotos.Photo(Thumbnail.of(photo), Optional.empty()))
                .toList(),
            samePersonMaxDistance);
  }

  /** How many of the held-out photos show a face; without one there is no likeness to measure. */
  public int faces() {
    return heldOut.faces();
  }

  /** What faces are read with. */
  public String protocol() {
    return faces.protocol();
  }

  /** Mean likeness of the pictures' faces to the held-out photos; none counts 0. */
  public double identity(List<RgbImage> pictures) {
    return pictures.stream()
        .mapToDouble(picture -> faces.read(picture).map(this::likeness).orElse(0.0))
        .average()
        .orElseThrow();
  }

  /** Mean over the pictures of the highest SSIM to a photo that training sees. */
  public double memorisation(List<RgbImage> pictures) {
    return pictures.stream()
        .mapToDouble(
            picture ->
                Arrays.stream(learned.similarities(Thumbnail.of(picture))).max().orElseThrow())
        .average()
        .orElseThrow();
  }

  private double likeness(Embedding face) {
    return heldOut.identity().of(face).orElseThrow();
  }
}
