package dev.atelier.runtime.train;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** A Stable Diffusion of some thousand random weights, and batches for it. */
final class TinyModel implements AutoCloseable {

  static final int TOKENS = 77;
  static final LearningRate RATE = new LearningRate(1e-3, LearningRate.Schedule.Constant, 0, 1_000);

  final Torch torch = Torch.start(1);
  final Networks networks;

  TinyModel() {
    var folder = Path.of("src/test/resources/fixtures/pipelines/sd15_tiny");
    networks =
        new Networks(
            UNet2DConditionModel.load(torch, folder.resolve("unet"), StoredWeights.Storage.COPIED),
            ClipTextModel.load(
                torch, folder.resolve("text_encoder"), StoredWeights.Storage.COPIED));
  }

  static Objective objective(double priorWeight) {
    return new Objective(
        NoiseTable.of("scaled_linear", 0.00085, 0.012, 1000, false),
        PredictionType.EPSILON,
        OptionalDouble.of(5),
        priorWeight);
  }

  static TrainingStep.Settings settings() {
    return new TrainingStep.Settings(1, AdamW.Settings.defaults(), 1);
  }

  LoraTuning lora(TextEncoderTraining text) {
    var shape =
        new LoraTuning.Shape(
            4, 4, Set.of(LoraTarget.Attention, LoraTarget.FeedForward, LoraTarget.Convolution));
    return new LoraTuning(torch, networks, shape, text, RATE, RATE, 3);
  }

  TrainingStep<Batch> training(TuningMethod method) {
    return new TrainingStep<>(new Reconstruction(networks, objective(0.6)), method, settings());
  }

  /** Four samples, two of the subject and two of the class. */
  Batch batch(int step) {
    return batch(step, 0);
  }

  /** As above, the class half drawn with another seed. */
  Batch batch(int step, long otherClass) {
    try (var subject = torch.generator(100 + step);
        var all = torch.generator(500 + step + otherClass)) {
      var mine = subject.randn(2, 4, 8, 8);
      var theirs = all.randn(2, 4, 8, 8);
      var noise = subject.randn(4, 4, 8, 8);
      var ids = new long[4 * TOKENS];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = (i * 7L + step) % 90;
      }
      return new Batch(
          Ops.concat(0, mine, theirs),
          noise,
          new long[] {10, 500, 300, 990},
          new Conditioning.Tokens(torch.tensor(ids, 4, TOKENS)),
          2);
    }
  }

  Tensor predict(Batch batch) {
    return networks.predict(batch.latents(), batch.timesteps(), batch.captions());
  }

  /** Every weight of both networks as numbers. */
  Map<String, float[]> weights() {
    var weights = new TreeMap<String, float[]>();
    networks
        .unet()
        .modules()
        .parameters()
        .forEach((n, v) -> weights.put("unet." + n, v.toFloats()));
    networks
        .text()
        .modules()
        .parameters()
        .forEach((n, v) -> weights.put("text_encoder." + n, v.toFloats()));
    return weights;
  }

  @Override
  public void close() {
    networks.unet().close();
    networks.text().close();
    torch.close();
  }
}
