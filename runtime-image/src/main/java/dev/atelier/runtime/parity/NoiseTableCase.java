package dev.atelier.runtime.parity;

import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;

/** abar of each beta schedule, plain and rescaled to zero terminal signal. */
final class NoiseTableCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("schedulers/training_tables");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    double start = parityCase.json().path("betas").path("beta_start").asDouble();
    double end = parityCase.json().path("betas").path("beta_end").asDouble();
    var outputs = new LinkedHashMap<String, Tensor>();
    for (String name : parityCase.outputs(torch).keySet()) {
      String[] parts = name.split("\\.", -1);
      var table = NoiseTable.of(parts[1], start, end, 1000, parts.length > 2);
      outputs.put(name, torch.tensor(table.alphasCumprod(), table.steps()));
    }
    return outputs;
  }
}
