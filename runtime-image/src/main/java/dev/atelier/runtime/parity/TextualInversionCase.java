package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Batch;
import dev.atelier.runtime.train.Conditioning;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.Reconstruction;
import dev.atelier.runtime.train.TextualInversion;
import dev.atelier.runtime.train.TextualInversion.Reader;
import dev.atelier.runtime.train.TrainingStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps of Textual Inversion on given batches: losses and the token's vector. */
final class TextualInversionCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("training/textual_inversion");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    var inputs = parityCase.inputs(torch);
    var base = parityCase.base();
    JsonNode json = parityCase.json();
    double lr = json.path("hyper").path("lr").asDouble();
    var rate = new LearningRate(lr, LearningRate.Schedule.Constant, 0, TrainingCase.steps(inputs));
    try (var unet = UNet2DConditionModel.load(torch, base.resolve("unet"), Storage.COPIED);
        var text = ClipTextModel.load(torch, base.resolve("text_encoder"), Storage.COPIED);
        var method =
            new TextualInversion(
                List.of(new Reader(text, List.of(json.path("initializer_id").asInt()))),
                "<placeholder>",
                1,
                rate);
        var training =
            new TrainingStep<>(
                new Reconstruction(new Networks(unet, text), TrainingCase.objective(parityCase)),
                method,
                TrainingCase.settings(parityCase))) {
      Tensor row = method.groups().get(0).parameters().values().iterator().next();
      Tensor start = UNetCase.required(inputs, "placeholder_row_init");
      row.copyInPlace(start.reshape(row.shape()));
      return steps(torch, training, row, inputs);
    }
  }

  private static Map<String, Tensor> steps(
      Torch torch, TrainingStep<Batch> training, Tensor row, Map<String, Tensor> inputs) {
    var outputs = new LinkedHashMap<String, Tensor>();
    long width = row.size(1);
    for (int step = 0; step < TrainingCase.steps(inputs); step++) {
      var losses = training.descend((at, pass) -> batch(inputs, at), step);
      outputs.put("loss" + step, torch.scalar(losses.total()));
      Tensor gradient = row.gradient().orElseThrow().copy();
      outputs.put("grad_step" + step + ".row", gradient.reshape(width));
      training.update(step);
      outputs.put("row_after" + step, row.detach().copy().reshape(width));
    }
    return outputs;
  }

  private static Batch batch(Map<String, Tensor> inputs, int step) {
    var of = "step" + step + ".";
    var latents = UNetCase.required(inputs, of + "latents");
    return new Batch(
        latents,
        UNetCase.required(inputs, of + "noise"),
        UNetCase.required(inputs, of + "timesteps").toLongs(),
        new Conditioning.Tokens(UNetCase.required(inputs, of + "input_ids")),
        (int) latents.size(0));
  }
}
