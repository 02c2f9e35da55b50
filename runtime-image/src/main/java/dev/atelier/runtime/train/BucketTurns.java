package dev.atelier.runtime.train;

import java.util.List;

/**
 * Which bucket each forward pass takes its pictures from. In as many passes as there are pictures
 * each bucket has one turn per picture, in an order of its own, so that every picture is seen
 * equally often whatever the number of pictures of its shape.
 *
 * @param sizes pictures in each bucket
 */
record BucketTurns(List<Integer> sizes, long seed) {

  BucketTurns {
    sizes = List.copyOf(sizes);
  }

  /**
   * A turn.
   *
   * @param count turns that the bucket had before
   */
  record Turn(int bucket, long count) {}

  Turn at(long pass) {
    if (sizes.size() == 1) {
      return new Turn(0, pass);
    }
    int pictures = sizes.stream().mapToInt(Integer::intValue).sum();
    long round = pass / pictures;
    int bucket = bucketAt(pass, pictures);
    long count = round * sizes.get(bucket);
    for (long before = round * pictures; before < pass; before++) {
      count += bucketAt(before, pictures) == bucket ? 1 : 0;
    }
    return new Turn(bucket, count);
  }

  private int bucketAt(long pass, int pictures) {
    int picture = Epochs.at(pass, pictures, seed);
    int bucket = 0;
    while (picture >= sizes.get(bucket)) {
      picture -= sizes.get(bucket++);
    }
    return bucket;
  }
}
