package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.CropShape;
import dev.atelier.stage.TrainingInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhotoBucketTest {

  private static final List<TrainingPhoto> PHOTOS =
      List.of(photo("a", 8, 16), photo("b", 16, 8), photo("c", 8, 16), photo("d", 8, 16));

  @Test
  void photosOfOneShapeAreTogether() {
    assertThat(PhotoBucket.of(PHOTOS))
        .extracting(PhotoBucket::shape)
        .containsExactly(new CropShape(8, 16), new CropShape(16, 8));
    assertThat(PhotoBucket.of(PHOTOS).get(0).photos())
        .extracting(TrainingPhoto::name)
        .containsExactly("a", "c", "d");
  }

  @Test
  void eachShapeGetsItsShareOfTheClassPictures() {
    var buckets = PhotoBucket.withPrior(PhotoBucket.of(PHOTOS), prompts(10));

    assertThat(buckets.get(0).priorPrompts())
        .hasSize(8)
        .contains("a photo of a person", "photo of a person in a", "photo of a person in d")
        .doesNotContain("photo of a person in b");
    assertThat(buckets.get(1).priorPrompts())
        .containsExactly("a photo of a person", "photo of a person in b");
  }

  @Test
  void noShapeIsLeftWithoutOne() {
    assertThat(PhotoBucket.withPrior(PhotoBucket.of(PHOTOS), prompts(1)))
        .allMatch(bucket -> bucket.priorPrompts().size() == 1);
  }

  private static ClassPrompts prompts(int images) {
    return new ClassPrompts(
        Bench.ANA, new TrainingInput.PriorPreservation(true, 1, images, "a photo of a person"));
  }

  private static TrainingPhoto photo(String name, int width, int height) {
    return new TrainingPhoto(
        name,
        new RgbImage(width, height, new float[3 * width * height]),
        "photo of a sks person in " + name);
  }
}
