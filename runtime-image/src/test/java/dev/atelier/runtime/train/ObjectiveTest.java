package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectiveTest {

  private static final NoiseTable TABLE =
      NoiseTable.of("scaled_linear", 0.00085, 0.012, 1000, false);
  private static final long[] TIMESTEPS = {3, 700, 950, 20};

  @AutoClose private final TensorBench bench = new TensorBench();
  private final Torch torch = bench.torch;

  /** Hang et al. 2023, with the weights of each half applied before the halves' means. */
  @ParameterizedTest
  @EnumSource(PredictionType.class)
  void minSnrWeighsEverySampleOfBothHalves(PredictionType prediction) {
    var batch = batch();
    var predicted = normal(9);
    var objective = new Objective(TABLE, prediction, OptionalDouble.of(5), 0.6);

    var loss = objective.loss(predicted, batch);

    var errors = new double[4];
    for (int i = 0; i < 4; i++) {
      double abar = TABLE.alphaCumprod((int) TIMESTEPS[i]);
      double snr = abar / (1 - abar);
      double weight =
          switch (prediction) {
            case EPSILON -> Math.min(snr, 5) / snr;
            case V_PREDICTION -> Math.min(snr, 5) / (snr + 1);
            case SAMPLE -> Math.min(snr, 5);
            case FLOW -> 1;
          };
      errors[i] = weight * squaredError(predicted, target(batch, prediction, i, abar), i);
    }
    double instance = (errors[0] + errors[1]) / 2;
    double prior = (errors[2] + errors[3]) / 2;
    assertThat(loss.instance().item()).isCloseTo(instance, within(1e-4 * instance));
    assertThat(loss.prior().item()).isCloseTo(prior, within(1e-4 * prior));
    assertThat(loss.total().item())
        .isCloseTo(instance + 0.6 * prior, within(1e-4 * (instance + prior)));
  }

  @Test
  void aBatchWithoutClassHalfHasNoPriorLoss() {
    var all = batch();
    var batch = new Batch(all.latents(), all.noise(), TIMESTEPS, all.captions(), 4);
    var objective = new Objective(TABLE, PredictionType.EPSILON, OptionalDouble.empty(), 1);

    var loss = objective.loss(normal(9), batch);

    assertThat(loss.prior().item()).isZero();
    assertThat(loss.total().item()).isEqualTo(loss.instance().item()).isPositive();
  }

  @Test
  void pureNoiseHasTheLimitsWeightNotANumberlessOne() {
    var rescaled = NoiseTable.of("scaled_linear", 0.00085, 0.012, 1000, true);

    for (var prediction : PredictionType.values()) {
      var objective = new Objective(rescaled, prediction, OptionalDouble.of(5), 1);
      assertThat(objective.weight(999)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void theSubjectsGradientDoesNotDependOnTheClassPictures() {
    try (var model = new TinyModel();
        var lora = model.lora(TextEncoderTraining.Frozen);
        var training =
            new TrainingStep<>(
                new Reconstruction(model.networks, TinyModel.objective(0)),
                lora,
                TinyModel.settings())) {
      training.descend((step, pass) -> model.batch(step, 0), 0);
      var first = gradients(lora);
      training.descend((step, pass) -> model.batch(step, 77), 0);
      assertThat(gradients(lora)).containsExactly(first);
    }
  }

  @Test
  void theGradientIsThatOfTheSubjectPlusTheWeightedOneOfTheClass() {
    try (var model = new TinyModel();
        var lora = model.lora(TextEncoderTraining.Frozen)) {
      var subject = gradients(model, lora, TinyModel.objective(0));
      var withHalf = gradients(model, lora, TinyModel.objective(0.5));
      var withWhole = gradients(model, lora, TinyModel.objective(1));

      assertThat(withWhole).isNotEqualTo(subject);
      for (int i = 0; i < subject.length; i++) {
        float halfway = (subject[i] + withWhole[i]) / 2;
        assertThat(withHalf[i]).isCloseTo(halfway, within(1e-6f + 1e-4f * Math.abs(halfway)));
      }
    }
  }

  private static float[] gradients(TinyModel model, LoraTuning lora, Objective objective) {
    try (var training =
        new TrainingStep<>(
            new Reconstruction(model.networks, objective), lora, TinyModel.settings())) {
      training.descend((step, pass) -> model.batch(step), 0);
      return gradients(lora);
    }
  }

  private static float[] gradients(LoraTuning lora) {
    var flat =
        lora.groups().get(0).parameters().values().stream()
            .map(value -> value.gradient().orElseThrow().reshape(-1))
            .toList();
    return Ops.concat(0, flat).toFloats();
  }

  private Batch batch() {
    return new Batch(
        normal(1), normal(2), TIMESTEPS, new Conditioning.States(torch.zeros(4, 2, 2)), 2);
  }

  private Tensor normal(long seed) {
    try (var generator = torch.generator(seed)) {
      return generator.randn(4, 2, 3, 3);
    }
  }

  private static double squaredError(Tensor predicted, float[] target, int sample) {
    var values = predicted.toFloats();
    double sum = 0;
    for (int k = 0; k < target.length; k++) {
      double difference = values[sample * target.length + k] - target[k];
      sum += difference * difference;
    }
    return sum / target.length;
  }

  private static float[] target(Batch batch, PredictionType prediction, int sample, double abar) {
    var clean = batch.latents().toFloats();
    var noise = batch.noise().toFloats();
    int size = clean.length / TIMESTEPS.length;
    var target = new float[size];
    for (int k = 0; k < size; k++) {
      float x = clean[sample * size + k];
      float e = noise[sample * size + k];
      target[k] =
          switch (prediction) {
            case EPSILON -> e;
            case SAMPLE -> x;
            case FLOW -> e - x;
            case V_PREDICTION -> (float) (Math.sqrt(abar) * e - Math.sqrt(1 - abar) * x);
          };
    }
    return target;
  }
}
