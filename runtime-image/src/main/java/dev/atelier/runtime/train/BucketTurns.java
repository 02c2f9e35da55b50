package dev.atelier.runtime.train;

import java.util.Arrays;
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
    int pictures = sizes.stream().mapToInt(Integer::intValue).sum();
    long round = pass / pictures;
    int place = (int) (pass % pictures);
    int[] order = Epochs.order(seed, round, pictures);
    int bucket = bucketOf(order[place]);
    long before = Arrays.stream(order, 0, place).filter(one -> bucketOf(one) == bucket).count();
    return new Turn(bucket, round * sizes.get(bucket) + before);
  }

  private int bucketOf(int picture) {
    int bucket = 0;
    for (int rest = picture; rest >= sizes.get(bucket); ) {
      rest -= sizes.get(bucket++);
    }
    return bucket;
  }
}
