package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.CaptionTable;
import dev.atelier.runtime.train.Conditioning;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a training learns of two photos. */
class TrainingSetTest {

  private static final int EDGE = 16;
  private static final List<TrainingPhoto> PHOTOS = List.of(photo(1), photo(2));

  @Test
  void aPhotoIsLearnedAsItIsAndInItsMirrorImage() {
    try (var torch = Torch.start(1);
        var scope = Scope.open();
        var set = set(torch, true)) {
      assertThat(set.buckets().get(0).subject().variants()).isEqualTo(2);
      assertThat(set.buckets().get(0).subject().latents().size()).isEqualTo(4);
      assertThat(row(set, 1)).isEqualTo(encoded(torch, PHOTOS.get(1).picture()));
      assertThat(row(set, 3)).isEqualTo(encoded(torch, PHOTOS.get(1).mirrored()));
    }
  }

  @Test
  void aFaceWhoseSidesDifferIsNeverSeenInAMirror() {
    try (var torch = Torch.start(1);
        var scope = Scope.open();
        var set = set(torch, false)) {
      assertThat(set.buckets().get(0).subject().variants()).isEqualTo(1);
      assertThat(set.buckets().get(0).subject().latents().size()).isEqualTo(2);
      for (int photo = 0; photo < 2; photo++) {
        assertThat(row(set, photo)).isEqualTo(encoded(torch, PHOTOS.get(photo).picture()));
      }
    }
  }

  private static TrainingSet set(Torch torch, boolean flip) {
    try (var autoencoder = ModelFiles.of(TrainBench.MODEL).autoencoder(torch)) {
      return TrainingSet.of(
          torch,
          autoencoder,
          texts ->
              new CaptionTable.Ids(
                  new Conditioning.Tokens(torch.tensor(new long[texts.size()], texts.size(), 1))),
          PhotoBucket.of(PHOTOS),
          ClassPictures.NONE,
          flip);
    }
  }

  private static float[] row(TrainingSet set, int row) {
    return set.buckets()
        .get(0)
        .subject()
        .latents()
        .mean()
        .narrow(0, row, 1)
        .contiguous()
        .toFloats();
  }

  private static float[] encoded(Torch torch, RgbImage picture) {
    try (var autoencoder = ModelFiles.of(TrainBench.MODEL).autoencoder(torch)) {
      return autoencoder.encodeScaled(PictureTensors.of(torch, picture)).toFloats();
    }
  }

  private static TrainingPhoto photo(int seed) {
    var random = new Random(seed);
    var values = new float[3 * EDGE * EDGE];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256);
    }
    return new TrainingPhoto("p" + seed, new RgbImage(EDGE, EDGE, values), "photo of a sks person");
  }
}
