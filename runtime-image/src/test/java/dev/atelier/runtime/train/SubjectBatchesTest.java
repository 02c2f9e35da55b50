package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SubjectBatchesTest {

  private static final int PHOTOS = 6;
  private static final int CLASS_PICTURES = 4;
  private static final int EMPTY = PHOTOS + CLASS_PICTURES;

  @AutoClose private final TensorBench bench = new TensorBench();
  private final Torch torch = bench.torch;

  @Test
  void aStepAlwaysHasTheSameBatchAndAnotherStepAnother() {
    var once = batches(42, 0.1, true).batch(7, 1);
    var again = batches(42, 0.1, true).batch(7, 1);

    assertThat(again.timesteps()).isEqualTo(once.timesteps());
    assertThat(again.noise().toFloats()).isEqualTo(once.noise().toFloats());
    assertThat(again.latents().toFloats()).isEqualTo(once.latents().toFloats());
    assertThat(rows(again)).isEqualTo(rows(once));
    for (var other :
        List.of(
            batches(42, 0.1, true).batch(8, 1),
            batches(42, 0.1, true).batch(7, 0),
            batches(43, 0.1, true).batch(7, 1))) {
      assertThat(other.noise().toFloats()).isNotEqualTo(once.noise().toFloats());
      assertThat(other.timesteps()).isNotEqualTo(once.timesteps());
    }
  }

  @Test
  void subjectAndClassShareNoiseAndTimesteps() {
    var batch = batches(42, 0, true).batch(0, 0);

    assertThat(batch.instances()).isEqualTo(3);
    assertThat(half(batch.noise(), 3)).isEqualTo(half(batch.noise(), 0));
    assertThat(List.of(batch.timesteps()[3], batch.timesteps()[4], batch.timesteps()[5]))
        .isEqualTo(List.of(batch.timesteps()[0], batch.timesteps()[1], batch.timesteps()[2]));
    assertThat(rows(batch).subList(0, 3)).allMatch(row -> row < PHOTOS);
    assertThat(rows(batch).subList(3, 6)).allMatch(row -> row >= PHOTOS && row < EMPTY);
  }

  @Test
  void anEpochShowsEveryPhotoOnce() {
    var batches = batches(42, 0, false);
    for (int epoch = 0; epoch < 5; epoch++) {
      var seen = new ArrayList<>(rows(batches.batch(epoch, 0)));
      seen.addAll(rows(batches.batch(epoch, 1)));

      assertThat(new TreeSet<>(seen)).hasSize(PHOTOS);
    }
  }

  @Test
  void aPhotoIsSeenAsItIsAndInAMirror() {
    var batches = batches(42, 0, false);
    var forms = new TreeSet<Float>();
    for (int step = 0; step < 20; step++) {
      for (float value : batches.batch(step, 0).latents().toFloats()) {
        forms.add(value);
      }
    }

    assertThat(forms).hasSize(2 * PHOTOS);
  }

  @Test
  void theShareOfCaptionsAskedForIsDropped() {
    var batches = batches(42, 0.25, true);
    int dropped = 0;
    for (int step = 0; step < 200; step++) {
      dropped += (int) rows(batches.batch(step, 0)).stream().filter(r -> r == EMPTY).count();
    }

    assertThat(dropped / 1200.0).isBetween(0.2, 0.3);
  }

  /** Batches of three from six photos; the value of a latent is its row, of a caption too. */
  private SubjectBatches batches(long seed, double dropout, boolean withClass) {
    var settings = new SubjectBatches.Settings(seed, 3, 2, dropout, 1000, 0);
    var prior =
        new Examples(
            LatentSet.of(latents(CLASS_PICTURES)),
            1,
            IntStream.range(PHOTOS, EMPTY).boxed().toList());
    return new SubjectBatches(
        torch,
        settings,
        new CaptionTable.Ids(new Conditioning.Tokens(captions())),
        List.of(
            new Bucket(
                new Examples(
                    LatentSet.of(latents(2 * PHOTOS)),
                    2,
                    IntStream.range(0, PHOTOS).boxed().toList()),
                withClass ? Optional.of(prior) : Optional.empty())));
  }

  private Tensor latents(int count) {
    var values = new float[count * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 16;
    }
    return torch.tensor(values, count, 1, 4, 4);
  }

  private Tensor captions() {
    var ids = new long[EMPTY + 1];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i;
    }
    return torch.tensor(ids, ids.length, 1);
  }

  private static List<Long> rows(Batch batch) {
    var ids = ((Conditioning.Tokens) batch.captions()).ids().get(0).toLongs();
    return Arrays.stream(ids).boxed().toList();
  }

  private static float[] half(Tensor noise, int from) {
    return noise.narrow(0, from, 3).contiguous().toFloats();
  }
}
