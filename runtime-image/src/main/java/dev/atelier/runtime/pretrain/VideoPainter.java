package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.pipeline.wan.TextToVideo;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.pipeline.wan.WanPipeline;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A video model with the settings that every one of them is looked at with. */
final class VideoPainter implements AutoCloseable {

  /** How films are made, in words. */
  static final String HOW = "UniPC, 20 steps, guidance 3";

  private static final int STEPS = 20;
  private static final double GUIDANCE = 3;

  private final Torch torch;
  private final int frames;
  private final int edge;
  private final int words;
  private final WanPipeline pipeline;

  /**
   * @param model a diffusers folder
   * @param edge of the frames in pixels
   */
  VideoPainter(Torch torch, Path model, int frames, int edge) {
    var files = WanFiles.of(model);
    this.torch = torch;
    this.frames = frames;
    this.edge = edge;
    words = files.words();
    pipeline =
        new WanPipeline(
            torch,
            files,
            Scheduler.read(files.schedulerConfig()),
            new WanPipeline.Settings(
                WanPipeline.Settings.plain().text(),
                WanPipeline.Settings.plain().denoiser(),
                false,
                true));
  }

  /** The frames of a film for each prompt with the seed at the same place. */
  List<List<RgbImage>> draw(List<String> prompts, List<Long> seeds) {
    var request =
        new TextToVideo(
            prompts,
            prompts.stream().map(prompt -> "").toList(),
            edge,
            edge,
            frames,
            new TextToVideo.Steps.Count(STEPS),
            Guidance.of(GUIDANCE),
            Optional.empty(),
            words);
    try (Scope scope = Scope.open();
        var noise = new PictureNoise(torch, seeds)) {
      var texts = pipeline.encode(request);
      Tensor made = pipeline.decode(pipeline.latents(request, texts, noise, StepListener.NONE));
      var films = new ArrayList<List<RgbImage>>();
      for (int i = 0; i < prompts.size(); i++) {
        films.add(FilmSheet.frames(made.narrow(0, i, 1).mul(2).add(-1)));
      }
      return films;
    }
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
