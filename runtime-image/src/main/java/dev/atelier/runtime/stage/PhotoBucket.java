package dev.atelier.runtime.stage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.atelier.runtime.photo.CropShape;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The photos of one shape, and what the class pictures of that shape show.
 *
 * @param priorPrompts one per class picture; none without prior preservation
 */
record PhotoBucket(CropShape shape, List<TrainingPhoto> photos, List<String> priorPrompts) {

  PhotoBucket {
    photos = List.copyOf(photos);
    priorPrompts = List.copyOf(priorPrompts);
  }

  /** Photos by their shape, from the tallest to the widest, without class pictures. */
  static List<PhotoBucket> of(List<TrainingPhoto> photos) {
    var byShape = photos.stream().collect(groupingBy(TrainingPhoto::shape, TreeMap::new, toList()));
    var buckets = new ArrayList<PhotoBucket>();
    byShape.forEach((shape, alike) -> buckets.add(new PhotoBucket(shape, alike, List.of())));
    return buckets;
  }

  /** The same with class pictures: each shape gets as many as it has a share of the photos. */
  static List<PhotoBucket> withPrior(List<PhotoBucket> buckets, ClassPrompts prompts) {
    int photos = buckets.stream().mapToInt(bucket -> bucket.photos().size()).sum();
    int images = prompts.images();
    var filled = new ArrayList<PhotoBucket>();
    int before = 0;
    int given = 0;
    for (var bucket : buckets) {
      before += bucket.photos().size();
      int upTo = Math.round((float) images * before / photos);
      int count = Math.max(1, upTo - given);
      given = upTo;
      filled.add(
          new PhotoBucket(bucket.shape(), bucket.photos(), prompts.of(bucket.photos(), count)));
    }
    return filled;
  }
}
