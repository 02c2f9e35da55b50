package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.PromptEncoder;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.TextToImage;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stable Diffusion from prompt to picture: text to image by several samplers, image to image. */
final class PipelineCase implements CaseRunner {

  private static final String SCHEDULER_CONFIG = "scheduler/scheduler_config.json";

  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.kind().equals("pipelines")
        && (parityCase.json().has("runs") || parityCase.name().endsWith("img2img"))
        && parityCase.pipeline().equals("StableDiffusionPipeline");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    var files = ModelFiles.of(parityCase.base());
    try (var unet = files.unet(torch, Storage.MAPPED);
        var text = files.text(torch, Storage.MAPPED);
        var autoencoder = files.autoencoder(torch)) {
      var encoder = new PromptEncoder(torch, files.tokenizer(), text);
      return new Run(torch, parityCase, encoder, unet, autoencoder).outputs();
    }
  }

  /** The runs of one case. */
  private record Run(
      Torch torch,
      ParityCase parityCase,
      PromptEncoder encoder,
      UNet2DConditionModel unet,
      Autoencoder autoencoder) {

    Map<String, Tensor> outputs() {
      var outputs = new LinkedHashMap<String, Tensor>();
      var inputs = parityCase.inputs(torch);
      var runs = parityCase.json().path("runs");
      if (runs.isMissingNode()) {
        imageToImage(inputs, outputs);
        return outputs;
      }
      embeddings(runs.iterator().next(), outputs);
      runs.fields()
          .forEachRemaining(run -> textToImage(run.getKey(), run.getValue(), inputs, outputs));
      return outputs;
    }

    private void embeddings(JsonNode run, Map<String, Tensor> outputs) {
      var prompt = run.path("prompt").asText();
      var negative = run.path("negative_prompt").asText();
      outputs.put("prompt_embeds", encoder.encode(List.of(prompt)));
      outputs.put("negative_prompt_embeds", encoder.encode(List.of(negative)));
      outputs.put("input_ids", encoder.ids(List.of(prompt, negative, "")));
    }

    private void textToImage(
        String name, JsonNode run, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
      var start = UNetCase.required(inputs, "latents");
      var file = parityCase.base().resolve(SCHEDULER_CONFIG);
      var scheduler =
          run.has("scheduler")
              ? Scheduler.read(file, run.path("scheduler").asText(), run.path("scheduler_config"))
              : Scheduler.read(file);
      var pipeline = new StableDiffusionPipeline(encoder, unet, autoencoder, scheduler);
      var request = request((int) start.size(0), run);
      var steps = new ArrayList<Tensor>();
      try (var noise = new PictureNoise(torch, List.of())) {
        var latents =
            pipeline.latents(
                request, start, noise, (step, now) -> steps.add(Scope.release(now.copy())));
        outputs.put(name + ".latents", stacked(steps));
        outputs.put(name + ".image", pipeline.decode(latents));
      }
    }

    private void imageToImage(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
      var pipeline =
          new StableDiffusionPipeline(
              encoder,
              unet,
              autoencoder,
              Scheduler.read(parityCase.base().resolve(SCHEDULER_CONFIG)));
      var arguments = parityCase.json().path("args");
      var pixels = UNetCase.required(inputs, "image").mul(2).add(-1);
      var posterior = autoencoder.encode(pixels);
      var encoded =
          autoencoder.scaled(posterior.sample(UNetCase.required(inputs, "vae_sample_noise")));
      var steps = new ArrayList<Tensor>();
      try (var noise = new PictureNoise(torch, List.of())) {
        var latents =
            pipeline.imageToImage(
                request(1, arguments),
                encoded,
                UNetCase.required(inputs, "add_noise"),
                arguments.path("strength").asDouble(),
                noise,
                (step, now) -> steps.add(Scope.release(now.copy())));
        outputs.put("latents", stacked(steps));
        outputs.put("image", pipeline.decode(latents));
      }
    }

    private static Tensor stacked(List<Tensor> steps) {
      var stacked = Ops.stack(0, steps);
      steps.forEach(Tensor::close);
      return stacked;
    }

    private static TextToImage request(int pictures, JsonNode run) {
      var plain =
          TextToImage.of(
              pictures,
              run.path("prompt").asText(),
              run.path("negative_prompt").asText(),
              run.path("width").asInt(),
              run.path("height").asInt(),
              run.path("num_inference_steps").asInt(),
              new Guidance(
                  run.path("guidance_scale").asDouble(), run.path("guidance_rescale").asDouble(0)));
      return new TextToImage(
          plain.prompts(),
          plain.negativePrompts(),
          plain.width(),
          plain.height(),
          plain.steps(),
          plain.guidance(),
          run.path("clip_skip").asInt(0));
    }
  }
}
