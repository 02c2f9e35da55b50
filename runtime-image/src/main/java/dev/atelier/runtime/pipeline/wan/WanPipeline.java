package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.WanConfig;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import dev.atelier.runtime.pipeline.PictureNoise;
import dev.atelier.runtime.pipeline.StepListener;
import dev.atelier.runtime.schedule.FlowMatchEulerScheduler;
import dev.atelier.runtime.schedule.Sampling;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Optional;

/**
 * Text to video, and text with a first frame to video, as diffusers' {@code WanPipeline} and {@code
 * WanImageToVideoPipeline} compute them. Text encoder, denoiser and autoencoder follow one another
 * and are never in memory together unless {@link Settings} say so.
 */
public final class WanPipeline implements AutoCloseable {

  /**
   * How the parts are held.
   *
   * @param text where the text encoder's blocks are
   * @param denoiser where the denoiser's blocks are
   * @param tiles whether the autoencoder works in squares
   * @param together whether every part stays in memory, for a server with room for all
   */
  public record Settings(Residence text, Residence denoiser, boolean tiles, boolean together) {
    /** Whole parts, one after another. */
    public static Settings plain() {
      return new Settings(Residence.RESIDENT, Residence.RESIDENT, false, false);
    }
  }

  private final Torch torch;
  private final WanFiles files;
  private final Scheduler scheduler;
  private final DType precision;
  private final WanAutoencoderConfig latents;
  private final WanConfig denoised;
  private final Part<T5Encoder> text;
  private final Part<WanTransformer3DModel> denoiser;
  private final Part<AutoencoderKLWan> autoencoder;

  /** A pipeline of these files that computes in float32; nothing is loaded yet. */
  public WanPipeline(Torch torch, WanFiles files, Scheduler scheduler, Settings settings) {
    this(torch, files, scheduler, settings, DType.FLOAT32);
  }

  /**
   * As above.
   *
   * @param precision that the denoiser computes in; latents stay in float32 between its steps
   */
  public WanPipeline(
      Torch torch, WanFiles files, Scheduler scheduler, Settings settings, DType precision) {
    this.torch = torch;
    this.precision = precision;
    this.files = files;
    this.scheduler = scheduler;
    latents = files.autoencoderConfig();
    denoised = files.transformerConfig();
    text = new Part<>(() -> files.text(torch, settings.text()), settings.together());
    denoiser =
        new Part<>(
            () -> files.transformer(torch, Storage.drawingIn(precision), settings.denoiser()),
            settings.together());
    autoencoder = new Part<>(() -> loaded(settings.tiles()), settings.together());
  }

  /** Loads what stays in memory between clips; nothing where parts follow one another. */
  public void load() {
    text.load();
    denoiser.load();
    autoencoder.load();
  }

  /** The text encoder's part of the work. */
  public VideoTexts encode(TextToVideo request) {
    try (Scope scope = Scope.open();
        var tokenizer = files.tokenizer()) {
      return text.use(
          encoder -> {
            var prompts = new VideoPrompts(tokenizer, encoder);
            Tensor states = scope.keep(prompts.encode(torch, request.prompts(), request.words()));
            return request.guidance().active()
                ? new VideoTexts(
                    states,
                    scope.keep(prompts.encode(torch, request.negativePrompts(), request.words())))
                : new VideoTexts(states, states);
          });
    }
  }

  /** Latents of clips drawn from their seeds. */
  public Tensor latents(
      TextToVideo request, VideoTexts texts, PictureNoise noise, StepListener listener) {
    try (Scope scope = Scope.open()) {
      return scope.keep(latents(request, texts, noise.draw(latentShape(request)), noise, listener));
    }
  }

  /**
   * As above from given noise {@code [clips, channels, frames, height, width]}.
   *
   * @param noise for samplers that add some in each step
   */
  public Tensor latents(
      TextToVideo request,
      VideoTexts texts,
      Tensor start,
      PictureNoise noise,
      StepListener listener) {
    try (Scope scope = Scope.open();
        Sampling sampling = sampling(request.steps())) {
      Optional<FirstFrame> first = request.firstFrame().map(this::beginning);
      return scope.keep(
          denoiser.use(
              model ->
                  scope.keep(
                      new VideoDenoising(
                              model, sampling, request.guidance(), texts, first, precision)
                          .run(start, () -> noise.draw(latentShape(request)), listener))));
    }
  }

  /** Clips {@code [clips, 3, frames, height, width]} in [0, 1] of the denoiser's latents. */
  public Tensor decode(Tensor made) {
    try (Scope scope = Scope.open()) {
      return autoencoder.use(model -> scope.keep(model.clips(made)));
    }
  }

  @Override
  public void close() {
    text.close();
    denoiser.close();
    autoencoder.close();
  }

  private AutoencoderKLWan loaded(boolean tiles) {
    AutoencoderKLWan model = files.autoencoder(torch);
    model.useTiles(tiles);
    return model;
  }

  private FirstFrame beginning(Tensor picture) {
    if (!files.perToken()) {
      throw new IllegalArgumentException(
          files.base()
              + " cannot begin with a given frame: its model_index.json lacks expand_timesteps. Use a Wan 2.2 TI2V model or leave the first frame out.");
    }
    long[] shape = picture.shape();
    Tensor clip = picture.mul(2).add(-1).reshape(shape[0], shape[1], 1, shape[2], shape[3]);
    Tensor encoded = autoencoder.use(model -> model.normalised(model.encode(clip).mode()));
    return new FirstFrame(encoded, denoised.patch());
  }

  private Sampling sampling(TextToVideo.Steps steps) {
    if (steps instanceof TextToVideo.Steps.Fixed fixed) {
      return FlowMatchEulerScheduler.along(fixed.timesteps(), fixed.renoised());
    }
    return scheduler.begin(((TextToVideo.Steps.Count) steps).count());
  }

  private long[] latentShape(TextToVideo request) {
    int factor = latents.compression();
    int multipleHeight = factor * denoised.patch().get(1);
    int multipleWidth = factor * denoised.patch().get(2);
    if (request.height() % multipleHeight != 0 || request.width() % multipleWidth != 0) {
      throw new IllegalArgumentException(
          "A clip of %d x %d (width, height) cannot be made: the width must be a multiple of %d and the height of %d."
              .formatted(request.width(), request.height(), multipleWidth, multipleHeight));
    }
    return new long[] {
      latents.latentChannels(),
      latents.latentFrames(request.frames()),
      request.height() / factor,
      request.width() / factor
    };
  }
}
