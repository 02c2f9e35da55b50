package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.XlRequest.Sizes;
import dev.atelier.runtime.schedule.Sampling;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.text.PromptEncoding;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Text to image and image to image with Stable Diffusion, as diffusers' {@code
 * StableDiffusionPipeline} and {@code StableDiffusionXLPipeline} compute them. It owns none of its
 * parts.
 */
public final class StableDiffusionPipeline {

  /** Pixels that are decoded at once: one picture of 512 x 512. */
  private static final long DECODED_PIXELS = 512L * 512;

  private final PromptEncoding encoder;
  private final UNet2DConditionModel unet;
  private final Autoencoder autoencoder;
  private final Scheduler scheduler;
  private final DType precision;

  /** A pipeline of these parts that computes in float32. */
  public StableDiffusionPipeline(
      PromptEncoding encoder,
      UNet2DConditionModel unet,
      Autoencoder autoencoder,
      Scheduler scheduler) {
    this(encoder, unet, autoencoder, scheduler, DType.FLOAT32);
  }

  /**
   * A pipeline of these parts.
   *
   * @param precision that the denoiser computes in; latents stay in float32 between its steps
   */
  public StableDiffusionPipeline(
      PromptEncoding encoder,
      UNet2DConditionModel unet,
      Autoencoder autoencoder,
      Scheduler scheduler,
      DType precision) {
    this.precision = precision;
    this.encoder = encoder;
    this.unet = unet;
    this.autoencoder = autoencoder;
    this.scheduler = scheduler;
  }

  /** Latents {@code [pictures, channels, height/f, width/f]} of pictures drawn from their seeds. */
  public Tensor latents(TextToImage request, PictureNoise noise, StepListener listener) {
    try (Scope scope = Scope.open()) {
      return scope.keep(latents(request, noise.draw(latentShape(request)), noise, listener));
    }
  }

  /**
   * As above from given noise.
   *
   * @param start standard normal noise of the latents' shape
   * @param noise for samplers that add some in each step
   */
  public Tensor latents(
      TextToImage request, Tensor start, PictureNoise noise, StepListener listener) {
    try (Scope scope = Scope.open();
        Sampling sampling = scheduler.begin(request.steps())) {
      var first = start.mul(sampling.initNoiseSigma());
      var denoising = denoising(request, sampling);
      return scope.keep(denoising.run(first, 0, () -> noise.draw(latentShape(request)), listener));
    }
  }

  /**
   * Latents of pictures that start from another one, as diffusers draws them: each picture's
   * generator gives the draw from the encoder's posterior, then the noise.
   *
   * @param pixels the picture that all of them start from, {@code [1, 3, height, width]} in [-1, 1]
   * @param strength share of the steps that are run, in (0, 1]
   */
  public Tensor imageToImage(
      TextToImage request, Tensor pixels, double strength, PictureNoise noise) {
    try (Scope scope = Scope.open()) {
      var encoded = encoded(pixels, request, noise);
      var start = noise.draw(latentShape(request));
      return scope.keep(imageToImage(request, encoded, start, strength, noise, StepListener.NONE));
    }
  }

  /** As many draws from the posterior of the picture as there are pictures to draw. */
  private Tensor encoded(Tensor pixels, TextToImage request, PictureNoise noise) {
    var posterior = autoencoder.encode(pixels);
    long[] shape = posterior.mode().shape();
    shape[0] = noise.pictures();
    return autoencoder.scaled(
        posterior.logVariance().isPresent()
            ? posterior.sample(noise.draw(latentShape(request)))
            : posterior.mode().expand(shape));
  }

  /**
   * Latents of pictures that start from others.
   *
   * @param encoded scaled latents of the pictures to start from
   * @param start standard normal noise of the same shape
   * @param strength share of the steps that are run, in (0, 1]
   */
  public Tensor imageToImage(
      TextToImage request,
      Tensor encoded,
      Tensor start,
      double strength,
      PictureNoise noise,
      StepListener listener) {
    try (Scope scope = Scope.open();
        Sampling sampling = scheduler.begin(request.steps())) {
      int kept = Math.min((int) (request.steps() * strength), request.steps());
      int from = request.steps() - kept;
      var at = new float[(int) encoded.size(0)];
      Arrays.fill(at, sampling.timesteps()[Math.min(from, request.steps() - 1)]);
      var first = sampling.addNoise(encoded, start, at);
      var denoising = denoising(request, sampling);
      return scope.keep(
          denoising.run(first, from, () -> noise.draw(latentShape(request)), listener));
    }
  }

  /**
   * Pictures {@code [pictures, 3, height, width]} in [0, 1] of latents, few at a time: the decoder
   * needs by far the most memory of all parts.
   */
  public Tensor decode(Tensor latents) {
    try (Scope scope = Scope.open()) {
      long pixels =
          latents.size(2) * latents.size(3) * autoencoder.compression() * autoencoder.compression();
      long together = Math.max(1, DECODED_PIXELS / pixels);
      var pictures = new ArrayList<Tensor>();
      for (long at = 0; at < latents.size(0); at += together) {
        long count = Math.min(together, latents.size(0) - at);
        pictures.add(decoded(latents.narrow(0, at, count)));
      }
      return scope.keep(Ops.concat(0, pictures));
    }
  }

  private Tensor decoded(Tensor latents) {
    try (Scope scope = Scope.open()) {
      var pixels = autoencoder.decodeScaled(latents);
      return scope.keep(pixels.mul(0.5).add(0.5).clamp(0, 1));
    }
  }

  private Denoising denoising(TextToImage request, Sampling sampling) {
    boolean guided = request.guidance().active();
    var texts = encoder.encode(request.batch(), guided);
    var sizes = request.xl().sizes().orElse(Sizes.of(request.height(), request.width()));
    var wanted = sizes.with(texts.prompts());
    var conditions =
        guided
            ? request.xl().negativeSizes().orElse(sizes).with(texts.negatives()).and(wanted)
            : wanted;
    return new Denoising(unet, sampling, request.guidance(), conditions, precision);
  }

  private long[] latentShape(TextToImage request) {
    int factor = autoencoder.compression();
    return new long[] {
      autoencoder.latentChannels(), request.height() / factor, request.width() / factor
    };
  }
}
