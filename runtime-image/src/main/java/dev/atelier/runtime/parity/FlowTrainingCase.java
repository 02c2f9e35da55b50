package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.ClipBatch;
import dev.atelier.runtime.train.Clips;
import dev.atelier.runtime.train.FlowForward;
import dev.atelier.runtime.train.FlowObjective;
import dev.atelier.runtime.train.FlowObjective.Weighting;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.runtime.train.TransformerTuning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One optimizer step of the video denoiser on given latents, noise and places on the flow. */
final class FlowTrainingCase implements CaseRunner {
  private static final FlowObjective.Density.LogitNormal DENSITY =
      new FlowObjective.Density.LogitNormal(0, 1);

  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().equals("training/wan_flow_matching");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    var inputs = parityCase.inputs(torch);
    JsonNode hyper = parityCase.json().path("hyper");
    double shift = hyper.path("shift").asDouble();
    var objective = new FlowObjective(DENSITY, shift, Weighting.EQUAL);
    var rate = new LearningRate(hyper.path("lr").asDouble(), LearningRate.Schedule.Constant, 0, 1);
    var folder = parityCase.base().resolve("transformer");
    var outputs = new LinkedHashMap<String, Tensor>();
    Clips clips = clips(torch, inputs, objective, outputs);
    try (var model = WanTransformer3DModel.load(torch, folder, Storage.COPIED, Residence.RESIDENT);
        var method = new TransformerTuning(model, folder, rate)) {
      var pass = new FlowForward(model, objective, false);
      losses(pass, clips, outputs);
      try (var training = new TrainingStep<>(pass, method, TrainingCase.settings(parityCase))) {
        step(torch, model, training, clips, outputs);
      }
    }
    return outputs;
  }

  private static Clips clips(
      Torch torch,
      Map<String, Tensor> inputs,
      FlowObjective objective,
      Map<String, Tensor> outputs) {
    float[] normal = UNetCase.required(inputs, "normal").toFloats();
    var places = new float[normal.length];
    var sigmas = new float[normal.length];
    var timesteps = new float[normal.length];
    for (int i = 0; i < normal.length; i++) {
      places[i] = (float) DENSITY.of(normal[i]);
      sigmas[i] = (float) objective.shifted(places[i]);
      timesteps[i] = (float) FlowObjective.timestep(sigmas[i]);
    }
    outputs.put("u", torch.tensor(places, places.length));
    outputs.put("sigmas", torch.tensor(sigmas, sigmas.length));
    outputs.put("timesteps", torch.tensor(timesteps, timesteps.length));
    return Clips.of(
        UNetCase.required(inputs, "latents"),
        UNetCase.required(inputs, "noise"),
        sigmas,
        UNetCase.required(inputs, "encoder_hidden_states"));
  }

  private static void losses(FlowForward pass, Clips clips, Map<String, Tensor> outputs) {
    var objective = pass.objective();
    Tensor predicted = pass.predict(clips);
    Tensor errors = objective.errors(predicted, clips);
    var byNoise =
        new FlowObjective(DENSITY, objective.shift(), Weighting.INVERSE_SQUARE).weights(clips);
    outputs.put("noisy", objective.noisy(clips));
    outputs.put("pred", predicted);
    outputs.put("loss_per_sample", errors);
    outputs.put("weight_sigma_sqrt", byNoise);
    outputs.put("loss_sigma_sqrt", errors.mul(byNoise).mean());
  }

  private static void step(
      Torch torch,
      WanTransformer3DModel model,
      TrainingStep<ClipBatch> training,
      Clips clips,
      Map<String, Tensor> outputs) {
    var batch = new ClipBatch(List.of(clips));
    outputs.put("loss", torch.scalar(training.descend((step, pass) -> batch, 0).total()));
    outputs.put("grad_norm", torch.scalar(training.update(0)));
    model.modules().parameters().forEach((name, value) -> trained(name, value, outputs));
  }

  /** The stored gradients are clipped, whatever the case's notes say: their norm is 1. */
  private static void trained(String name, Tensor value, Map<String, Tensor> outputs) {
    value.gradient().ifPresent(gradient -> outputs.put("grad." + name, gradient.copy()));
    outputs.put("final." + name, value.detach().copy());
  }
}
