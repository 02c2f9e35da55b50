package dev.atelier.runtime.stage;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.LatentSet;
import java.util.List;
import java.util.Optional;

/**
 * Pictures of the class to learn beside the photos.
 *
 * @param shapes in the order of the photos' buckets
 * @param count how the search for them went
 */
record ClassPictures(List<OfShape> shapes, ClassPictureCount count) {

  /** For a training without them. */
  static final ClassPictures NONE = new ClassPictures(List.of(), ClassPictureCount.NONE);

  ClassPictures {
    shapes = List.copyOf(shapes);
  }

  /** Those of a bucket. */
  OfShape of(int bucket) {
    return shapes.isEmpty() ? OfShape.NONE : shapes.get(bucket);
  }

  /**
   * Pictures of one shape.
   *
   * @param prompts one per picture
   * @param latents of the pictures; none where there is no picture
   */
  record OfShape(List<String> prompts, Optional<LatentSet> latents) implements AutoCloseable {

    private static final OfShape NONE = new OfShape(List.of(), Optional.empty());

    /** Joins latents {@code [1, channels, height, width]}; they live until they are closed. */
    static OfShape of(List<String> prompts, List<Tensor> latents) {
      return latents.isEmpty()
          ? NONE
          : new OfShape(
              List.copyOf(prompts),
              Optional.of(LatentSet.of(Scope.release(Ops.concat(0, latents)))));
    }

    @Override
    public void close() {
      latents.ifPresent(LatentSet::close);
    }
  }
}
