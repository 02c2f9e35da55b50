package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Wan model, tuned or not, that draws clips of one size and length. It owns its engine. */
final class WanClips implements ClipSource {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final Torch torch;
  private final WanClipSettings settings;
  private final Optional<RrdbNet> network;
  private final WanPipeline pipeline;
  private final PromptTexts texts;

  private WanClips(Torch torch, WanClipSettings settings, Optional<RrdbNet> network) {
    this.torch = torch;
    this.settings = settings;
    this.network = network;
    this.pipeline = settings.pipeline(torch);
    this.texts = new PromptTexts(pipeline, settings::clips);
  }

  /**
   * Opens a model; nothing but what enlarges is loaded before the plan of its memory is printed.
   *
   * @param torch closed with the model
   * @throws StageFailure.BadInput if the model cannot make such clips, or not within the memory
   *     there is
   */
  static WanClips open(
      Torch torch, Compute compute, BaseModel base, Optional<TunedFiles> tuned, ClipRequest given) {
    var network = given.enlargement().open(torch);
    var settings =
        WanClipSettings.of(
            base, tuned, given, network.map(RrdbNet::scale).orElse(1), compute, torch);
    settings.plan().lines().forEach(line -> LOG.info("memory: {}", line));
    return new WanClips(torch, settings, network);
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
    pipeline.close();
    network.ifPresent(RrdbNet::close);
    torch.close();
  }
}
