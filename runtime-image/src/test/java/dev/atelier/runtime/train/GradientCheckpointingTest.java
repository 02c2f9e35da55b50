package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GradientCheckpointingTest {

  private TinyModel model;
  private Scope scope;

  @BeforeEach
  void load() {
    model = new TinyModel();
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    model.close();
  }

  @ParameterizedTest
  @EnumSource(TextEncoderTraining.class)
  void adaptersGetTheGradientsThatTheyGetWithEveryActivationKept(TextEncoderTraining text) {
    try (var lora = model.lora(text)) {
      // The first step leaves one half of each adapter without a gradient.
      step(lora, false);

      assertEqual(gradients(lora, model.networks, true), gradients(lora, model.networks, false));
    }
  }

  @Test
  void everyWeightOfTheDenoiserAndOfTheTextEncoderGetsItsGradient() {
    try (var whole = new DreamBoothTuning(model.networks, true, TinyModel.RATE, TinyModel.RATE)) {
      var recomputed = gradients(whole, model.networks, true);

      assertThat(recomputed.values()).allSatisfy(values -> assertThat(values).isNotEmpty());
      assertEqual(recomputed, gradients(whole, model.networks, false));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"BFLOAT16", "FLOAT16"})
  void inHalfPrecisionTheGradientsOfFloatParametersAreFloatsAndNearlyTheSame(DType precision) {
    var half =
        new Networks(
            model.networks.unet(), model.networks.texts(), model.networks.compression(), precision);
    try (var whole = new DreamBoothTuning(half, true, TinyModel.RATE, TinyModel.RATE)) {
      var exact = gradients(whole, model.networks, false);
      var rounded = gradients(whole, half, false);
      var again = gradients(whole, half, true);

      // bfloat16 has 8 bits of mantissa: single gradients are off by per cents, their sum is not.
      assertThat(cosine(rounded, exact)).isGreaterThan(0.99);
      assertThat(cosine(again, rounded)).isGreaterThan(0.999);
      assertThat(rounded).isNotEqualTo(exact);
      whole.groups().stream()
          .flatMap(group -> group.parameters().values().stream())
          .forEach(
              parameter ->
                  assertThat(parameter.gradient().orElseThrow().dtype()).isEqualTo(DType.FLOAT32));
    }
  }

  private void step(TuningMethod method, boolean recomputes) {
    try (var training = training(method, model.networks, recomputes)) {
      training.descend((at, pass) -> model.batch(at), 0);
      training.update(0);
    }
  }

  private Map<String, float[]> gradients(
      TuningMethod method, Networks networks, boolean recomputes) {
    try (var training = training(method, networks, recomputes)) {
      training.descend((at, pass) -> model.batch(at + pass), 1);
      var gradients = new TreeMap<String, float[]>();
      for (var group : method.groups()) {
        group
            .parameters()
            .forEach(
                (name, value) ->
                    gradients.put(
                        name, value.gradient().map(g -> g.toFloats()).orElse(new float[0])));
      }
      return gradients;
    }
  }

  private static TrainingStep<Batch> training(
      TuningMethod method, Networks networks, boolean recomputes) {
    var objective = TinyModel.objective(0.6);
    Forward<Batch> forward =
        recomputes
            ? new RecomputedReconstruction(networks, objective)
            : new Reconstruction(networks, objective);
    return new TrainingStep<>(
        forward, method, new TrainingStep.Settings(2, AdamW.Settings.defaults(), 1));
  }

  private static void assertEqual(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, values) -> {
          double norm = Math.sqrt(dot(values, values));
          var found = actual.get(name);
          for (int i = 0; i < values.length; i++) {
            assertThat((double) found[i])
                .as("%s [%d]", name, i)
                // Of keys' biases, which change nothing, only rounding is left.
                .isCloseTo(values[i], within(1e-5 * norm + 1e-8));
          }
        });
  }

  private static double cosine(Map<String, float[]> one, Map<String, float[]> other) {
    double both = 0;
    double first = 0;
    double second = 0;
    for (var entry : one.entrySet()) {
      both += dot(entry.getValue(), other.get(entry.getKey()));
      first += dot(entry.getValue(), entry.getValue());
      second += dot(other.get(entry.getKey()), other.get(entry.getKey()));
    }
    return both / Math.sqrt(first * second);
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}
