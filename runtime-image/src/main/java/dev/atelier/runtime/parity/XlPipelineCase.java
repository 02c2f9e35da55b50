package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.TextToImage;
import dev.atelier.runtime.pipeline.XlRequest;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.text.PromptBatch;
import dev.atelier.runtime.text.PromptEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stable Diffusion XL from prompt to picture: two encoders, two prompts, sizes. */
final class XlPipelineCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.kind().equals("pipelines")
        && parityCase.json().has("runs")
        && parityCase.pipeline().equals("StableDiffusionXLPipeline");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    var files = ModelFiles.of(parityCase.base());
    try (var unet = files.unet(torch, Storage.MAPPED);
        var autoencoder = files.autoencoder(torch)) {
      var texts = files.texts(torch, Storage.MAPPED);
      var prompts = files.prompts(torch, files.tokenizers(), texts);
      var outputs = new LinkedHashMap<String, Tensor>();
      var runs = parityCase.json().path("runs");
      conditions(prompts, runs.iterator().next(), outputs);
      runs.fields()
          .forEachRemaining(
              run -> {
                var name = run.getValue().path("scheduler").asText("");
                var scheduler =
                    name.isEmpty()
                        ? Scheduler.of(files.schedulerConfig())
                        : Scheduler.of(
                            files.schedulerConfig(), name, run.getValue().path("scheduler_config"));
                draw(
                    torch,
                    new StableDiffusionPipeline(prompts, unet, autoencoder, scheduler),
                    parityCase,
                    run,
                    outputs);
              });
      texts.forEach(ClipTextModel::close);
      return outputs;
    }
  }

  private static void conditions(
      PromptEncoding prompts, JsonNode run, Map<String, Tensor> outputs) {
    var texts =
        prompts.encode(
            PromptBatch.of(
                List.of(run.path("prompt").asText()), texts(run, "negative_prompt", 1), 0),
            true);
    outputs.put("prompt_embeds", texts.prompts().states());
    outputs.put("negative_prompt_embeds", texts.negatives().states());
    outputs.put("pooled", texts.prompts().pooled().orElseThrow());
    outputs.put("negative_pooled", texts.negatives().pooled().orElseThrow());
  }

  private static void draw(
      Torch torch,
      StableDiffusionPipeline pipeline,
      ParityCase parityCase,
      Map.Entry<String, JsonNode> run,
      Map<String, Tensor> outputs) {
    var start = UNetCase.required(parityCase.inputs(torch), "latents");
    var steps = new ArrayList<Tensor>();
    try (var noise = new PictureNoise(torch, List.of())) {
      var latents =
          pipeline.latents(
              request((int) start.size(0), run.getValue()),
              start,
              noise,
              (step, now) -> steps.add(Scope.release(now.copy())));
      outputs.put(run.getKey() + ".latents", Ops.stack(0, steps));
      outputs.put(run.getKey() + ".image", pipeline.decode(latents));
    }
    steps.forEach(Tensor::close);
  }

  private static TextToImage request(int pictures, JsonNode run) {
    return new TextToImage(
        texts(run, "prompt", pictures),
        texts(run, "negative_prompt", pictures),
        run.path("width").asInt(),
        run.path("height").asInt(),
        run.path("num_inference_steps").asInt(),
        new Guidance(
            run.path("guidance_scale").asDouble(), run.path("guidance_rescale").asDouble(0)),
        run.path("clip_skip").asInt(0),
        new XlRequest(
            texts(run, "prompt_2", pictures),
            texts(run, "negative_prompt_2", pictures),
            sizes(run, ""),
            sizes(run, "negative_")));
  }

  private static List<String> texts(JsonNode run, String field, int pictures) {
    return run.hasNonNull(field)
        ? Collections.nCopies(pictures, run.path(field).asText())
        : List.of();
  }

  private static Optional<XlRequest.Sizes> sizes(JsonNode run, String of) {
    if (!run.has(of + "original_size") && !run.has(of + "target_size")) {
      return Optional.empty();
    }
    int height = run.path("height").asInt();
    int width = run.path("width").asInt();
    return Optional.of(
        new XlRequest.Sizes(
            run.path(of + "original_size").path(0).asInt(height),
            run.path(of + "original_size").path(1).asInt(width),
            run.path(of + "crops_coords_top_left").path(0).asInt(0),
            run.path(of + "crops_coords_top_left").path(1).asInt(0),
            run.path(of + "target_size").path(0).asInt(height),
            run.path(of + "target_size").path(1).asInt(width)));
  }
}
