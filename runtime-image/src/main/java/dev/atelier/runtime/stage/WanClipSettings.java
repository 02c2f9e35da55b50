package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pipeline.wan.ClipGrid;
import dev.atelier.runtime.pipeline.wan.MemoryBudgetException;
import dev.atelier.runtime.pipeline.wan.MemoryPlan;
import dev.atelier.runtime.pipeline.wan.TextToVideo;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.pipeline.wan.WanPipeline;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.video.FrameFit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * All that decides how a Wan model draws the clips of a stage, known before anything is loaded.
 *
 * @param request with the sampler named
 * @param fit how frames come to the size asked for
 * @param beginnings pictures that clips begin with
 * @param plan how the parts work within the memory there is
 * @param digest over everything but prompt and seed
 */
record WanClipSettings(
    WanFiles files,
    ClipRequest request,
    FrameFit fit,
    Optional<GivenPictures> beginnings,
    MemoryPlan plan,
    DType precision,
    String digest) {

  /**
   * Decides.
   *
   * @param enlarged how many times larger a network makes frames
   * @param budget bytes for weights and intermediate results
   */
  static WanClipSettings of(
      BaseModel base,
      Optional<TunedFiles> tuned,
      ClipRequest given,
      int enlarged,
      DType precision,
      long budget) {
    var files = files(base, tuned);
    var request = given.withScheduler(FlowSamplers.own(files));
    var grid = ClipGrid.of(files);
    request.check(grid);
    var beginnings =
        request.firstFrames().map(folder -> GivenPictures.of("video.firstFrames", folder));
    beginnings.ifPresent(any -> requireFirstFrames(files, base));
    var fit = request.fit(grid, enlarged);
    var plan =
        plan(files, request.clips(fit, List.of(""), List.of(""), files.words()), precision, budget);
    var facts =
        List.of(
            base.sha256(),
            tuned.map(TunedFiles::sha256).orElse("not tuned"),
            request.sampler(),
            request.clip().frames(),
            request.clip().framesPerSecond(),
            fit,
            plan.settings().tiles(),
            precision,
            beginnings.map(GivenPictures::sha256).orElse("from noise"),
            request.enlargement().sha256(),
            Provenance.version(),
            Torch.version());
    var digest = Digests.of(facts.toString().getBytes(StandardCharsets.UTF_8));
    return new WanClipSettings(files, request, fit, beginnings, plan, precision, digest);
  }

  /** The pipeline; nothing is loaded yet. */
  WanPipeline pipeline(Torch torch) {
    return new WanPipeline(
        torch,
        files,
        FlowSamplers.of(files, request.sampler().scheduler()),
        plan.settings(),
        precision);
  }

  /** Clips of these prompts as the pipeline is asked for them. */
  TextToVideo clips(List<String> prompts, List<String> negatives) {
    return request.clips(fit, prompts, negatives, files.words());
  }

  /** The picture that a prompt's clips begin with, in the size that the model makes. */
  Optional<RgbImage> beginning(String prompt) {
    return beginnings.map(frames -> frames.of(prompt, fit.madeWidth(), fit.madeHeight()));
  }

  /** Reads every picture once, before anything is drawn. */
  void checkBeginnings(List<String> prompts) {
    prompts.stream().distinct().forEach(this::beginning);
  }

  /**
   * Where the parts of a model lie.
   *
   * @throws dev.atelier.runtime.model.config.UnsupportedConfigException if it is no video model
   */
  static WanFiles files(BaseModel base, Optional<TunedFiles> tuned) {
    return tuned
        .map(files -> TunedVideo.files(base, files))
        .orElseGet(() -> WanFiles.of(base.folder()));
  }

  private static void requireFirstFrames(WanFiles files, BaseModel base) {
    if (!files.perToken()) {
      throw new StageFailure.BadInput(
          "video.firstFrames: the model of DiffusionRuntime %s cannot begin with a given frame (its model_index.json lacks expand_timesteps); use a Wan 2.2 TI2V model, or leave firstFrames out"
              .formatted(base.input().runtime()));
    }
  }

  private static MemoryPlan plan(WanFiles files, TextToVideo one, DType precision, long budget) {
    try {
      return MemoryPlan.of(files, one, precision, budget).keepingAll(budget);
    } catch (MemoryBudgetException e) {
      throw new StageFailure.BadInput(String.valueOf(e.getMessage()), e);
    }
  }
}
