package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.model.upscale.Upscaler;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.pipeline.wan.ClipFrames;
import dev.atelier.runtime.pipeline.wan.TextToVideo;
import dev.atelier.runtime.pipeline.wan.WanPipeline;
import dev.atelier.runtime.sample.ClipSource;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.video.FrameSequence;
import dev.atelier.stage.SamplerInput;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Clips of one size and length, drawn with a model that is loaded. */
final class WanClips implements ClipSource {

  private final Torch torch;
  private final WanClipSettings settings;
  private final Optional<RrdbNet> network;
  private final WanPipeline pipeline;
  private final PromptTexts texts;
  private final Runnable afterwards;

  /**
   * @param network what enlarges
   * @param afterwards done when these clips are closed
   */
  WanClips(
      Torch torch,
      WanClipSettings settings,
      Optional<RrdbNet> network,
      WanPipeline pipeline,
      Runnable afterwards) {
    this.torch = torch;
    this.settings = settings;
    this.network = network;
    this.pipeline = pipeline;
    this.texts = new PromptTexts(pipeline, settings::clips);
    this.afterwards = afterwards;
  }

  @Override
  public void prepare(List<PlannedPicture> clips) {
    settings.checkBeginnings(clips.stream().map(PlannedPicture::prompt).toList());
    texts.read(clips);
  }

  @Override
  public <R> R draw(PlannedPicture clip, IntConsumer stepped, Function<FrameSequence, R> use) {
    try (Scope scope = Scope.open();
        var noise = new PictureNoise(torch, List.of(clip.seed()))) {
      var request = request(clip);
      Tensor latents =
          pipeline.latents(request, texts.of(clip), noise, (step, now) -> stepped.accept(step + 1));
      Tensor pixels = pipeline.decode(latents);
      var fit = settings.fit();
      return use.apply(
          new ClipFrames(pixels, network.map(Upscaler::new), fit.width(), fit.height()));
    }
  }

  private TextToVideo request(PlannedPicture clip) {
    return settings
        .clips(List.of(clip.text()), List.of(clip.negative()))
        .beginningWith(settings.beginning(clip.prompt()).map(this::pixels));
  }

  /** {@code [1, 3, height, width]} in [0, 1]. */
  private Tensor pixels(RgbImage picture) {
    return PictureTensors.of(torch, picture).mul(0.5).add(0.5);
  }

  @Override
  public SamplerInput sampler() {
    return settings.request().sampler();
  }

  @Override
  public String digest() {
    return settings.digest();
  }

  @Override
  public String delivery() {
    return settings.fit().described();
  }

  @Override
  public void close() {
    texts.close();
    afterwards.run();
  }
}
