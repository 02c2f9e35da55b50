package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.MovingAverage;
import dev.atelier.runtime.train.MovingAverage.Decay;
import dev.atelier.runtime.train.MovingAverage.WarmUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Decays and averages of given parameters, for each way in which the decay rises. */
final class MovingAverageCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("training/ema");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    var inputs = parityCase.inputs(torch);
    var outputs = new LinkedHashMap<String, Tensor>();
    parityCase
        .json()
        .path("variants")
        .fields()
        .forEachRemaining(
            variant -> {
              String name = variant.getKey();
              Tensor start = UNetCase.required(inputs, name + ".start").copy();
              Tensor steps = UNetCase.required(inputs, name + ".params");
              follow(torch, name, decay(variant.getValue()), start, steps, outputs);
            });
    return outputs;
  }

  private static void follow(
      Torch torch,
      String name,
      Decay decay,
      Tensor parameters,
      Tensor steps,
      Map<String, Tensor> outputs) {
    int count = (int) steps.size(0);
    var decays = new float[count];
    var shadows = new ArrayList<Tensor>();
    try (var average = new MovingAverage(Map.of("p", parameters), decay)) {
      for (int step = 0; step < count; step++) {
        parameters.copyInPlace(steps.narrow(0, step, 1).reshape(parameters.shape()));
        average.update(step + 1);
        decays[step] = (float) decay.at(step + 1);
        shadows.add(UNetCase.required(average.averages(), "p").copy());
      }
    }
    outputs.put(name + ".decay", torch.tensor(decays, count).to(DType.FLOAT64));
    outputs.put(name + ".shadow", Ops.stack(0, shadows));
  }

  private static Decay decay(JsonNode variant) {
    WarmUp warmUp =
        variant.path("use_ema_warmup").asBoolean(false)
            ? new WarmUp.Power(
                variant.path("inv_gamma").asDouble(1), variant.path("power").asDouble(2.0 / 3))
            : new WarmUp.Ramp();
    return new Decay(
        variant.path("decay").asDouble(),
        variant.path("min_decay").asDouble(0),
        variant.path("update_after_step").asInt(0),
        warmUp);
  }
}
