package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.lora.LoraFile;
import dev.atelier.runtime.model.lora.LoraTargets;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowTrainingTest {
  private static final Path MODEL = Fixtures.folder("pipelines/wan21_tiny/transformer");
  private static final FlowObjective OBJECTIVE =
      new FlowObjective(
          new FlowObjective.Density.LogitNormal(0, 1), 3, FlowObjective.Weighting.EQUAL);
  private static final LearningRate RATE =
      new LearningRate(1e-2, LearningRate.Schedule.Constant, 0, 100);

  private final TensorBench bench = new TensorBench();

  @AfterEach
  void closeTheBench() {
    bench.close();
  }

  @Test
  void threeOfTenPassesSeePicturesAndTheOthersClips() {
    var batches = batches(0.3, 0);

    var frames =
        IntStream.range(0, 20)
            .mapToObj(step -> batches.batch(step, 0).parts().get(0).latents().size(2))
            .toList();

    assertThat(frames).containsOnly(1L, 2L);
    assertThat(frames.stream().filter(count -> count == 1)).hasSize(6);
  }

  @Test
  void phasesFollowOneAnotherEachWithItsOwnShareOfPictures() {
    var phases =
        new PhasedBatches(
            List.of(
                new PhasedBatches.Phase(10, batches(0.2, 0)),
                new PhasedBatches.Phase(10, batches(0.5, 0))));

    var pictures =
        IntStream.range(0, 20)
            .filter(step -> phases.batch(step, 0).parts().get(0).latents().size(2) == 1)
            .boxed()
            .toList();

    assertThat(pictures.stream().filter(step -> step < 10)).hasSize(2);
    assertThat(pictures.stream().filter(step -> step >= 10)).hasSize(5);
    assertThatThrownBy(() -> phases.batch(20, 0)).hasMessage("there is no step 20 in 20");
  }

  @Test
  void theLossOfWhatTrainingDoesNotSeeIsTheSameUntilTheDenoiserChanges() {
    try (var model = model();
        var whole = new TransformerTuning(model, MODEL, RATE);
        var training = new TrainingStep<>(pass(model), whole, settings())) {
      var unseen =
          new ValidationLoss(
              bench.torch, pass(model), 7, 6, 0.25, set(2, 3), set(1, 2), Ranks.ALONE);
      double before = unseen.measure();

      assertThat(unseen.measure()).isEqualTo(before);
      run(training, batches(0.5, 0), 0, 20);
      assertThat(unseen.measure()).isLessThan(before);
      assertThatThrownBy(
              () ->
                  new ValidationLoss(
                      bench.torch, pass(model), 7, 6, 0, set(2, 0), set(1, 0), Ranks.ALONE))
          .hasMessage("there is nothing to measure the loss of");
    }
  }

  @Test
  void uprightClipsNeverShareABatchWithThoseThatLie() {
    var mixed =
        new ClipBatches(
            bench.torch,
            settings(0, 0),
            OBJECTIVE,
            noCaption(),
            set(2, 6, index -> index < 2 ? new long[] {6, 4} : new long[] {4, 6}),
            set(1, 0));

    var upright =
        IntStream.range(0, 30)
            .mapToObj(step -> mixed.batch(step, 0).parts().get(0).latents())
            .filter(latents -> latents.size(3) > latents.size(4))
            .count();

    assertThat(upright).isEqualTo(10);
  }

  @Test
  void theSameStepIsTheSameBatchAndAnotherIsNot() {
    var once = batches(0.5, 0.2).batch(7, 0).parts().get(0);
    var again = batches(0.5, 0.2).batch(7, 0).parts().get(0);
    var other = batches(0.5, 0.2).batch(9, 0).parts().get(0);

    assertThat(again.noise().toFloats()).isEqualTo(once.noise().toFloats());
    assertThat(again.latents().toFloats()).isEqualTo(once.latents().toFloats());
    assertThat(again.sigmas().toFloats()).isEqualTo(once.sigmas().toFloats());
    assertThat(other.noise().toFloats()).isNotEqualTo(once.noise().toFloats());
  }

  @Test
  void aDroppedCaptionIsTheEmptyOneFollowedByZeros() {
    var clips = batches(0, 1).batch(0, 0).parts().get(0);

    var words = clips.text().narrow(0, 0, 1);

    assertThat(words.narrow(1, 0, 1).toFloats()).containsOnly(9);
    assertThat(words.narrow(1, 1, 5).toFloats()).containsOnly(0);
  }

  @Test
  void shiftedPlacesLieNearerToNoiseThanUniformOnes() {
    var shifted =
        new FlowObjective(new FlowObjective.Density.Uniform(), 5, FlowObjective.Weighting.EQUAL);
    var random = new Random(1);

    var places = IntStream.range(0, 4000).mapToDouble(i -> shifted.draw(random)).toArray();

    // The median of a uniform place is 1/2, which the shift moves to 5/6.
    Arrays.sort(places);
    assertThat(places[2000]).isCloseTo(5 / 6.0, Offset.offset(0.01));
  }

  @Test
  void picturesWithoutAnyAreRefused() {
    assertThatThrownBy(
            () ->
                new ClipBatches(
                    bench.torch, settings(0.5, 0), OBJECTIVE, noCaption(), set(2, 4), set(1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are no pictures to train on; add some or change imageFraction.");
  }

  @Test
  void adaptersLearnTheClipsResumeBitForBitAndAreReadBackFromTheirFile(@TempDir Path folder)
      throws IOException {
    var batches = batches(0.5, 0);
    try (var model = model();
        var lora = lora(model);
        var training = new TrainingStep<>(pass(model), lora, settings())) {
      double first = run(training, batches, 0, 5);
      var saved = new java.util.TreeMap<String, Tensor>();
      training.state().forEach((name, value) -> saved.put(name, value.detach().copy()));
      double last = run(training, batches, 5, 40);
      Tensor trained = predicted(model);
      lora.export(folder, Map.of());
      training.restore(saved);
      double again = run(training, batches, 5, 40);

      assertThat(last).isLessThan(first);
      assertThat(again).isEqualTo(last);
      assertThat(predicted(model).toFloats()).isEqualTo(trained.toFloats());
      try (var other = model();
          var file =
              LoraFile.read(bench.torch, folder.resolve(LoraTuning.FILE), new LoraTargets(other))) {
        file.attach(new LoraTargets(other), 1);
        assertThat(file.size()).isEqualTo(2 * 8 + 2 * 2);
        assertThat(predicted(other).toFloats()).isEqualTo(trained.toFloats());
      }
    }
  }

  @Test
  void everyWeightIsTrainedWhereNoAdaptersAreAskedFor(@TempDir Path folder) throws IOException {
    try (var model = model();
        var whole = new TransformerTuning(model, MODEL, RATE);
        var training = new TrainingStep<>(pass(model), whole, settings())) {
      double first = run(training, batches(0.5, 0), 0, 5);
      double last = run(training, batches(0.5, 0), 5, 30);

      assertThat(last).isLessThan(first);
      assertThat(whole.export(folder, Map.of()))
          .containsExactly(
              Path.of("transformer/diffusion_pytorch_model.safetensors"),
              Path.of("transformer/config.json"));
      assertThat(whole.groups().get(0).parameters()).hasSize(model.modules().parameters().size());
    }
  }

  @Test
  void recomputedActivationsGiveTheSameWeightsAsKeptOnes() {
    assertThat(trained(true)).containsExactly(trained(false), Offset.offset(1e-5f));
  }

  private float[] trained(boolean recomputes) {
    try (var model = model();
        var whole = new TransformerTuning(model, MODEL, RATE);
        var training =
            new TrainingStep<>(new FlowForward(model, OBJECTIVE, recomputes), whole, settings())) {
      run(training, batches(0.5, 0), 0, 4);
      return predicted(model).toFloats();
    }
  }

  /** The mean loss of some steps. */
  private static double run(
      TrainingStep<ClipBatch> training, ClipBatches batches, int from, int steps) {
    double sum = 0;
    for (int step = from; step < from + steps; step++) {
      sum += training.descend(batches, step).total();
      training.update(step);
    }
    return sum / steps;
  }

  private Tensor predicted(WanTransformer3DModel model) {
    return pass(model).predict(batches(0, 0).batch(99, 0).parts().get(0));
  }

  private static FlowForward pass(WanTransformer3DModel model) {
    return new FlowForward(model, OBJECTIVE, false);
  }

  private TransformerLora lora(WanTransformer3DModel model) {
    var shape = new LoraTuning.Shape(4, 4, Set.of(LoraTarget.Attention, LoraTarget.FeedForward));
    return new TransformerLora(bench.torch, model, shape, RATE, 3);
  }

  private static TrainingStep.Settings settings() {
    return new TrainingStep.Settings(1, AdamW.Settings.defaults(), 1);
  }

  private ClipBatches batches(double imageFraction, double dropout) {
    return new ClipBatches(
        bench.torch,
        settings(imageFraction, dropout),
        OBJECTIVE,
        noCaption(),
        set(2, 3),
        set(1, 2));
  }

  private static ClipBatches.Settings settings(double imageFraction, double dropout) {
    return new ClipBatches.Settings(4, 2, 1, imageFraction, dropout, 6);
  }

  private Tensor noCaption() {
    return bench.torch.full(9, 1, 32);
  }

  private ClipSet set(int frames, int size) {
    return set(frames, size, index -> new long[] {4, 4});
  }

  private ClipSet set(int frames, int size, IntFunction<long[]> edges) {
    return new ClipSet() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Tensor latents(int index) {
        var edge = edges.apply(index);
        return bench.torch.full(index - 1, 4, frames, edge[0], edge[1]);
      }

      @Override
      public Tensor caption(int index) {
        return bench.torch.full(index, 3, 32);
      }
    };
  }

  private WanTransformer3DModel model() {
    return WanTransformer3DModel.load(bench.torch, MODEL, Storage.COPIED, Residence.RESIDENT);
  }
}
