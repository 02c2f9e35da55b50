package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.wan.TextToVideo;
import dev.atelier.runtime.pipeline.wan.VideoTexts;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.pipeline.wan.WanPipeline;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Wan from prompt to clip by several samplers, and from prompt and first frame. */
final class WanPipelineCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.kind().equals("pipelines") && parityCase.pipeline().equals("WanPipeline");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    var run = new Run(torch, WanFiles.of(parityCase.base()), parityCase.inputs(torch));
    var outputs = new LinkedHashMap<String, Tensor>();
    var runs = parityCase.json().path("runs");
    runs.fields()
        .forEachRemaining(
            named ->
                run.clip(
                    named.getKey() + ".",
                    scheduler(parityCase, named.getValue()),
                    named.getValue(),
                    outputs));
    if (runs.isMissingNode()) {
      run.clip(
          "",
          Scheduler.read(run.files().schedulerConfig()),
          parityCase.json().path("args"),
          outputs);
    }
    return outputs;
  }

  /** Both names of the shift: each sampler reads its own. */
  private static Scheduler scheduler(ParityCase parityCase, JsonNode run) {
    var shift = JsonNodeFactory.instance.objectNode();
    shift.set("flow_shift", run.path("shift"));
    shift.set("shift", run.path("shift"));
    return Scheduler.read(
        WanFiles.of(parityCase.base()).schedulerConfig(), run.path("scheduler").asText(), shift);
  }

  /** The runs of one case. */
  private record Run(Torch torch, WanFiles files, Map<String, Tensor> inputs) {

    void clip(String prefix, Scheduler scheduler, JsonNode run, Map<String, Tensor> outputs) {
      var request = request(run, Optional.ofNullable(inputs.get("image")));
      var settings = WanPipeline.Settings.plain();
      var steps = new ArrayList<Tensor>();
      try (var pipeline = new WanPipeline(torch, files, scheduler, settings);
          var noise = new PictureNoise(torch, List.of())) {
        VideoTexts texts = pipeline.encode(request);
        outputs.put("prompt_embeds", texts.prompts());
        outputs.put("negative_prompt_embeds", texts.negatives());
        Tensor latents =
            pipeline.latents(
                request,
                texts,
                UNetCase.required(inputs, "latents"),
                noise,
                (step, now) -> steps.add(Scope.release(now.copy())));
        outputs.put(prefix + "latents", Ops.stack(0, steps));
        outputs.put(prefix + "video", pipeline.decode(latents).permute(0, 2, 1, 3, 4));
      }
      steps.forEach(Tensor::close);
    }

    private static TextToVideo request(JsonNode run, Optional<Tensor> image) {
      return new TextToVideo(
          List.of(run.path("prompt").asText()),
          List.of(run.path("negative_prompt").asText()),
          run.path("width").asInt(),
          run.path("height").asInt(),
          run.path("num_frames").asInt(),
          new TextToVideo.Steps.Count(run.path("num_inference_steps").asInt()),
          Guidance.of(run.path("guidance_scale").asDouble()),
          image,
          run.path("max_sequence_length").asInt());
    }
  }
}
