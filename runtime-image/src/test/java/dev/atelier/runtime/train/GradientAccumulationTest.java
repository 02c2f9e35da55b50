package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small batches whose gradients are added up train as one large batch does. */
class GradientAccumulationTest {

  private static final int HALF = 2;

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void passesAddUpToTheGradientOfOneLargeBatch(int passes) {
    try (var model = new TinyModel();
        var scope = Scope.open();
        var whole = new DreamBoothTuning(model.networks, true, TinyModel.RATE, TinyModel.RATE)) {
      List<Batch> small = new ArrayList<>();
      for (int pass = 0; pass < passes; pass++) {
        small.add(model.batch(pass));
      }
      var large = together(small);

      var added = new TreeMap<String, float[]>();
      var losses = gradients(model, whole, passes, small::get, added);
      var direct = new TreeMap<String, float[]>();
      var loss = gradients(model, whole, 1, pass -> large, direct);

      assertThat(losses.total()).isCloseTo(loss.total(), within(1e-5 * loss.total()));
      assertThat(losses.instance()).isCloseTo(loss.instance(), within(1e-5 * loss.instance()));
      assertThat(losses.prior()).isCloseTo(loss.prior(), within(1e-5 * loss.prior()));
      assertThat(added.keySet()).isEqualTo(direct.keySet()).hasSizeGreaterThan(100);
      direct.forEach(
          (name, values) ->
              assertThat(distance(added.get(name), values))
                  .as(name)
                  .isLessThan(1e-6 + 1e-4 * size(values)));
    }
  }

  @Test
  void aPassMoreOfTheSameIsNotTwiceTheGradient() {
    try (var model = new TinyModel();
        var scope = Scope.open();
        var whole = new DreamBoothTuning(model.networks, true, TinyModel.RATE, TinyModel.RATE)) {
      var batch = model.batch(0);
      var once = new TreeMap<String, float[]>();
      gradients(model, whole, 1, pass -> batch, once);
      var twice = new TreeMap<String, float[]>();
      gradients(model, whole, 2, pass -> batch, twice);

      once.forEach(
          (name, values) ->
              assertThat(distance(twice.get(name), values))
                  .as(name)
                  .isLessThan(1e-6 + 1e-4 * size(values)));
    }
  }

  private static TrainingStep.Losses gradients(
      TinyModel model,
      TuningMethod method,
      int passes,
      Function<Integer, Batch> batches,
      Map<String, float[]> gradients) {
    var settings = new TrainingStep.Settings(passes, AdamW.Settings.defaults(), 1);
    try (var step =
        new TrainingStep<>(
            new Reconstruction(model.networks, TinyModel.objective(0.6)), method, settings)) {
      var losses = step.descend((at, pass) -> batches.apply(pass), 0);
      for (var group : method.groups()) {
        group
            .parameters()
            .forEach(
                (name, value) ->
                    value.gradient().ifPresent(found -> gradients.put(name, found.toFloats())));
      }
      return losses;
    }
  }

  /** All subjects, then all class pictures. */
  private static Batch together(List<Batch> small) {
    var timesteps = new ArrayList<Long>();
    for (int half = 0; half < 2; half++) {
      for (var batch : small) {
        for (int i = 0; i < HALF; i++) {
          timesteps.add(batch.timesteps()[half * HALF + i]);
        }
      }
    }
    var captions = joined(small, batch -> ((Conditioning.Tokens) batch.captions()).ids().get(0));
    return new Batch(
        joined(small, Batch::latents),
        joined(small, Batch::noise),
        timesteps.stream().mapToLong(Long::longValue).toArray(),
        new Conditioning.Tokens(List.of(captions)),
        HALF * small.size());
  }

  private static Tensor joined(List<Batch> small, Function<Batch, Tensor> part) {
    var rows = new ArrayList<Tensor>();
    for (int half = 0; half < 2; half++) {
      for (var batch : small) {
        rows.add(part.apply(batch).narrow(0, (long) half * HALF, HALF));
      }
    }
    return Ops.concat(0, rows);
  }

  private static double distance(float[] a, float[] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }

  private static double size(float[] values) {
    return distance(values, new float[values.length]);
  }
}
