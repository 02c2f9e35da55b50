package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LossScaleTest {

  @Test
  void aStepThatOverflowsIsLeftOutAndTheNextTriedWithHalfTheFactor() {
    try (var model = new TinyModel();
        var scope = Scope.open();
        var scale = LossScale.begin(model.torch)) {
      assertThat(scale.halved()).isTrue();
      assertThat(scale.factor()).isEqualTo(32_768);

      scale.kept();
      assertThat(scale.factor()).isEqualTo(32_768);
    }
  }

  @Test
  void whatOverflowsWithoutAnyFactorIsNoMatterOfTheFactor() {
    try (var model = new TinyModel();
        var scope = Scope.open();
        var scale = LossScale.begin(model.torch)) {
      int halvings = 0;
      while (scale.halved()) {
        halvings++;
      }
      assertThat(halvings).isEqualTo(16);
    }
  }

  @Test
  void afterTwoThousandGoodStepsTheFactorDoubles() {
    try (var model = new TinyModel();
        var scope = Scope.open();
        var scale = LossScale.begin(model.torch)) {
      for (int step = 0; step < 2_000; step++) {
        scale.kept();
      }
      assertThat(scale.factor()).isEqualTo(131_072);
    }
  }

  @Test
  void aTrainingInFloat16LearnsAndItsStateHoldsTheFactor() {
    try (var model = new TinyModel();
        var scope = Scope.open()) {
      var networks = model.networks;
      var half =
          new Networks(networks.unet(), networks.texts(), networks.compression(), DType.FLOAT16);
      try (var lora = model.lora(TextEncoderTraining.Frozen);
          var training =
              new TrainingStep<>(
                  new Reconstruction(half, TinyModel.objective(0.6)),
                  lora,
                  new TrainingStep.Settings(
                      1, AdamW.Settings.defaults(), 1, OptionalDouble.empty(), true))) {
        double first = training.descend((at, pass) -> model.batch(0), 0).total();
        double last = first;
        for (int step = 0; step < 30; step++) {
          last = training.descend((at, pass) -> model.batch(0), step).total();
          assertThat(training.update(step)).isFinite();
        }
        assertThat(last).isLessThan(first);
        assertThat(training.state()).containsKey("lossScale");
      }
    }
  }
}
