package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.t5.T5Config;
import dev.atelier.runtime.model.wan.WanConfig;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import java.util.ArrayList;
import java.util.Collections;

/**
 * How much the intermediate results of each part take at their peak, in bytes: the tensors that
 * live side by side in the widest place of the network, counted from its code.
 */
record WorkEstimate(TextToVideo request) {
  /** Frames of latents that the autoencoder decodes to at once. */
  private static final int CHUNK = 4;

  /**
   * A stage's input, its normed and its convolved form, and what the convolution unfolds. Wan 2.1's
   * decoder at 512 x 512 took 6.7 GiB where five gave 6.2.
   */
  private static final int MAPS = 6;

  /** Frames that every causal convolution remembers. */
  private static final int REMEMBERED = 2;

  long text(T5Config config) {
    long words = request.words();
    long inner = (long) config.heads() * config.headWidth();
    long attention = words * (3L * config.width() + 5 * inner) + config.heads() * words * words;
    long feedForward = words * (3L * config.width() + 3L * config.feedForwardWidth());
    return Float.BYTES * Math.max(attention, feedForward);
  }

  long denoiser(WanConfig config, WanAutoencoderConfig latents) {
    long tokens = tokens(config, latents) * batch();
    long width = config.width();
    long attention = 10 * tokens * width;
    long feedForward = tokens * (5 * width + 2L * config.feedForwardWidth());
    long states = (long) request.words() * (config.textWidth() + width) * batch();
    return Float.BYTES * (Math.max(attention, feedForward) + states);
  }

  /** Tokens of one clip. */
  private long tokens(WanConfig config, WanAutoencoderConfig latents) {
    long frames = latents.latentFrames(request.frames());
    long height = request.height() / latents.compression();
    long width = request.width() / latents.compression();
    return frames
        * height
        * width
        / ((long) config.patch().get(0) * config.patch().get(1) * config.patch().get(2));
  }

  private long batch() {
    return request.prompts().size() * (request.guidance().active() ? 2L : 1L);
  }

  long autoencoder(WanAutoencoderConfig config, boolean tiles) {
    long height = tiles ? Math.min(AutoencoderKLWan.TILE, request.height()) : request.height();
    long width = tiles ? Math.min(AutoencoderKLWan.TILE, request.width()) : request.width();
    long pixels = height * width / ((long) config.patch() * config.patch());
    var widths = new ArrayList<Integer>();
    config.multiples().forEach(multiple -> widths.add(multiple * config.decoderWidth()));
    Collections.reverse(widths);
    long widest = 0;
    long remembered = 0;
    for (int stage = 0; stage < widths.size(); stage++) {
      long places = pixels >> (2 * (widths.size() - 1 - stage));
      long entering = widths.get(Math.max(0, stage - 1));
      widest = Math.max(widest, CHUNK * places * Math.max(entering, widths.get(stage)));
      int convolutions = 2 * (config.blocks() + 1) + 1;
      remembered += (long) convolutions * REMEMBERED * places * widths.get(stage);
    }
    long clip = 3L * request.frames() * request.height() * request.width();
    long clips = request.prompts().size();
    return Float.BYTES * clips * (MAPS * widest + remembered + 3 * clip);
  }
}
