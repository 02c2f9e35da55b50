package dev.atelier.runtime.sample;

import dev.atelier.runtime.image.RgbImage;
import java.util.List;

/** A model that draws. */
public interface PictureSource extends AutoCloseable {

  /**
   * Draws pictures of one prompt together.
   *
   * @param pictures of one prompt, each with its seed; at most {@link #batchSize}
   * @return one picture for each, {@code [height, width, 3]}, 0..255; values that are not numbers
   *     mark a picture that failed
   */
  List<RgbImage> draw(List<PlannedPicture> pictures);

  /** How many pictures are best drawn together. */
  int batchSize();

  /** Digest over all that decides how a planned picture comes out: weights and sampler. */
  String digest();

  @Override
  void close();
}
