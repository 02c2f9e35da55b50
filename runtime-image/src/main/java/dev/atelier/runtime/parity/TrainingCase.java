package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Batch;
import dev.atelier.runtime.train.Conditioning;
import dev.atelier.runtime.train.DreamBoothTuning;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.LoraTarget;
import dev.atelier.runtime.train.LoraTuning;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.Objective;
import dev.atelier.runtime.train.ParameterGroup;
import dev.atelier.runtime.train.Reconstruction;
import dev.atelier.runtime.train.TextEncoderTraining;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.runtime.train.TuningMethod;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Optimizer steps of LoRA or DreamBooth on given batches: losses, gradients of the first step,
 * norms and the trained weights.
 */
final class TrainingCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().startsWith("training/lora_unet")
        || parityCase.name().startsWith("training/dreambooth");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) throws IOException {
    var inputs = parityCase.inputs(torch);
    var base = parityCase.base();
    try (var unet =
            UNet2DConditionModel.load(torch, base.resolve("unet"), StoredWeights.Storage.COPIED);
        var text =
            ClipTextModel.load(torch, base.resolve("text_encoder"), StoredWeights.Storage.COPIED)) {
      var networks = new Networks(unet, text);
      try (var method = method(torch, networks, parityCase, inputs);
          var training =
              new TrainingStep<>(
                  new Reconstruction(networks, objective(parityCase)),
                  method,
                  settings(parityCase))) {
        return new Run(torch, method, training, objective(parityCase).priorWeight() > 0)
            .outputs(inputs);
      }
    }
  }

  /** How many steps the case gives batches for. */
  static int steps(Map<String, Tensor> inputs) {
    int steps = 0;
    while (inputs.containsKey("step" + steps + ".latents")) {
      steps++;
    }
    return steps;
  }

  /**
   * The steps of one case.
   *
   * @param preserving whether the second half of a batch shows the class
   */
  private record Run(
      Torch torch, TuningMethod method, TrainingStep<Batch> training, boolean preserving) {

    Map<String, Tensor> outputs(Map<String, Tensor> inputs) {
      var outputs = new LinkedHashMap<String, Tensor>();
      for (int step = 0; step < steps(inputs); step++) {
        var losses = training.descend((at, pass) -> batch(inputs, at), step);
        outputs.put("loss" + step, torch.scalar(losses.total()));
        outputs.put("loss_instance" + step, torch.scalar(losses.instance()));
        outputs.put("loss_prior" + step, torch.scalar(losses.prior()));
        if (step == 0) {
          trained().forEach((name, value) -> gradient(name, value, outputs));
        }
        outputs.put("grad_norm" + step, torch.scalar(training.update(step)));
      }
      trained().forEach((name, value) -> outputs.put("final." + name, value.detach().copy()));
      return outputs;
    }

    private Map<String, Tensor> trained() {
      var parameters = new TreeMap<String, Tensor>();
      method
          .groups()
          .forEach(
              group -> group.parameters().forEach((name, p) -> parameters.put(inFiles(name), p)));
      return parameters;
    }

    /** Clipping changes gradients in place, so they are copied. */
    private static void gradient(String name, Tensor value, Map<String, Tensor> outputs) {
      value.gradient().ifPresent(g -> outputs.put("grad_step0." + name, g.copy()));
    }

    private Batch batch(Map<String, Tensor> inputs, int step) {
      var of = "step" + step + ".";
      var ids = Optional.ofNullable(inputs.get(of + "input_ids"));
      var latents = UNetCase.required(inputs, of + "latents");
      int samples = (int) latents.size(0);
      return new Batch(
          latents,
          UNetCase.required(inputs, of + "noise"),
          UNetCase.required(inputs, of + "timesteps").toLongs(),
          ids.<Conditioning>map(Conditioning.Tokens::new)
              .orElseGet(
                  () ->
                      new Conditioning.States(
                          UNetCase.required(inputs, of + "encoder_hidden_states"))),
          preserving ? samples / 2 : samples);
    }
  }

  private static TuningMethod method(
      Torch torch, Networks networks, ParityCase parityCase, Map<String, Tensor> inputs) {
    JsonNode hyper = parityCase.json().path("hyper");
    var rate =
        new LearningRate(
            hyper.path("lr").asDouble(), LearningRate.Schedule.Constant, 0, steps(inputs));
    if (parityCase.name().startsWith("training/dreambooth")) {
      boolean text = parityCase.name().endsWith("_text");
      return new DreamBoothTuning(networks, text, rate, rate);
    }
    var shape =
        new LoraTuning.Shape(
            hyper.path("rank").asInt(), hyper.path("alpha").asDouble(), targets(inputs));
    var text =
        inputs.keySet().stream().anyMatch(name -> name.startsWith("init.text_encoder."))
            ? TextEncoderTraining.Adapter
            : TextEncoderTraining.Frozen;
    var lora = new LoraTuning(torch, networks, shape, text, rate, rate, 0);
    lora.groups().forEach(group -> start(group, inputs));
    return lora;
  }

  /** The layers that the case gives adapters for. */
  private static Set<LoraTarget> targets(Map<String, Tensor> inputs) {
    var targets = EnumSet.of(LoraTarget.Attention);
    if (inputs.keySet().stream().anyMatch(name -> name.contains(".ff.net."))) {
      targets.add(LoraTarget.FeedForward);
    }
    if (inputs.keySet().stream().anyMatch(name -> name.contains(".resnets."))) {
      targets.add(LoraTarget.Convolution);
    }
    return targets;
  }

  /** The name that diffusers' files give a parameter: text encoders' adapters have another. */
  private static String inFiles(String name) {
    return name.startsWith("text_encoder.") ? name.replace(".lora.", ".lora_linear_layer.") : name;
  }

  private static void start(ParameterGroup group, Map<String, Tensor> inputs) {
    group
        .parameters()
        .forEach(
            (name, value) -> value.copyInPlace(UNetCase.required(inputs, "init." + inFiles(name))));
  }

  static TrainingStep.Settings settings(ParityCase parityCase) {
    JsonNode hyper = parityCase.json().path("hyper");
    var adamW =
        new AdamW.Settings(
            hyper.path("betas").path(0).asDouble(),
            hyper.path("betas").path(1).asDouble(),
            hyper.path("eps").asDouble(),
            hyper.path("weight_decay").asDouble());
    return new TrainingStep.Settings(
        1, adamW, hyper.path("max_grad_norm").asDouble(Double.POSITIVE_INFINITY));
  }

  static Objective objective(ParityCase parityCase) {
    var scheduler =
        ModelConfig.read(parityCase.base().resolve("scheduler").resolve("scheduler_config.json"));
    JsonNode hyper = parityCase.json().path("hyper");
    JsonNode gamma = hyper.path("snr_gamma");
    return new Objective(
        NoiseTable.from(scheduler),
        PredictionType.of(scheduler.text("prediction_type", "epsilon")),
        gamma.isNumber() ? OptionalDouble.of(gamma.asDouble()) : OptionalDouble.empty(),
        hyper.path("prior_loss_weight").asDouble(0));
  }
}
