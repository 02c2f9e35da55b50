package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.sample.PicturePlan;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SamplerInput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The few pictures by which a round judges a checkpoint: always the same prompts and seeds, so that
 * rounds differ by the weights alone. They are looked at and never stored.
 */
final class RoundPictures {

  /** Enough for a mean that tells checkpoints apart, few enough to draw again and again. */
  static final int PICTURES = 12;

  private static final int MOST_PROMPTS = 6;

  /** Multistep solvers have settled by then. */
  private static final int MOST_STEPS = 20;

  private final Torch torch;
  private final SamplerInput sampler;
  private final List<PlannedPicture> planned;
  private final StopRequest stop;

  /**
   * @param subject what the prompts are filled with
   */
  RoundPictures(
      Torch torch, SamplerInput sampler, List<Prompt> prompts, String subject, StopRequest stop) {
    var spread = spread(prompts);
    this.torch = torch;
    this.sampler = few(sampler);
    this.planned = new PicturePlan(spread, subject, PICTURES / spread.size(), sampler.seed()).all();
    this.stop = stop;
  }

  /**
   * Drawn pictures.
   *
   * @param latents of the pictures, scaled, {@code [pictures, channels, height, width]}
   */
  record Drawn(List<PlannedPicture> planned, List<RgbImage> pictures, Tensor latents) {}

  /** What is drawn. */
  List<PlannedPicture> planned() {
    return planned;
  }

  /** Draws all; the latents belong to the scope around. */
  Drawn draw(StableDiffusionPipeline pipeline) {
    int together = DiffusionPictures.together(sampler.width(), sampler.height(), PICTURES);
    var pictures = new ArrayList<RgbImage>();
    try (Scope scope = Scope.open()) {
      var latents = new ArrayList<Tensor>();
      for (int from = 0; from < planned.size(); from += together) {
        requireTime();
        var group = planned.subList(from, Math.min(planned.size(), from + together));
        var drawn = draw(pipeline, group);
        latents.add(drawn);
        pictures.addAll(decoded(pipeline, drawn));
      }
      return new Drawn(planned, pictures, scope.keep(Ops.concat(0, latents)));
    }
  }

  private void requireTime() {
    if (stop.requested()) {
      throw new StageFailure.Checkpointed(
          "stopped (%s) while a checkpoint was judged; the next pod judges it"
              .formatted(stop.reason()));
    }
  }

  private Tensor draw(StableDiffusionPipeline pipeline, List<PlannedPicture> group) {
    var request = Requests.of(group, sampler);
    try (var noise = new PictureNoise(torch, group.stream().map(PlannedPicture::seed).toList())) {
      return pipeline.latents(request, noise, StepListener.NONE);
    }
  }

  private static List<RgbImage> decoded(StableDiffusionPipeline pipeline, Tensor latents) {
    try (Scope scope = Scope.open()) {
      return PictureTensors.pictures(pipeline.decode(latents));
    }
  }

  private static SamplerInput few(SamplerInput given) {
    return given.with(
        given.scheduler(), Math.min(MOST_STEPS, given.steps()), given.guidanceScale());
  }

  /** A few prompts from all over the list. */
  private static List<Prompt> spread(List<Prompt> prompts) {
    int count = Math.min(MOST_PROMPTS, prompts.size());
    return IntStream.range(0, count)
        .mapToObj(i -> prompts.get(i * prompts.size() / count))
        .toList();
  }
}
