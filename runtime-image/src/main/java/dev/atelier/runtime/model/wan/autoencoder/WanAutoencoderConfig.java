package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import java.util.List;

/**
 * What the {@code config.json} of an AutoencoderKLWan says.
 *
 * @param encoderWidth width of the encoder's finest stage
 * @param decoderWidth width of the decoder's finest stage
 * @param multiples width of each stage as a multiple, finest first
 * @param blocks residual blocks per stage of the encoder; the decoder has one more
 * @param temporal which halvings of the size, finest first, halve the frames as well
 * @param shortcuts whether stages are bridged by averages and repetitions (Wan 2.2)
 * @param patch edge of the squares of pixels that become channels first
 * @param channels channels of pictures after that
 * @param means of the latents over the training set, one per channel
 * @param deviations of the latents over the training set
 */
public record WanAutoencoderConfig(
    int encoderWidth,
    int decoderWidth,
    int latentChannels,
    List<Integer> multiples,
    int blocks,
    List<Boolean> temporal,
    boolean shortcuts,
    int patch,
    int channels,
    List<Double> means,
    List<Double> deviations) {

  /** Reads the fields and fails on any that ask for another architecture. */
  public static WanAutoencoderConfig from(ModelConfig config) {
    config.require("_class_name", "AutoencoderKLWan");
    if (config.has("attn_scales") && !config.numbers("attn_scales").isEmpty()) {
      throw new UnsupportedConfigException(
          config + ": attn_scales = " + config.numbers("attn_scales") + " is not supported.");
    }
    config.require("dropout", 0);
    // Both follow from the other fields.
    config.ignore("scale_factor_spatial", "scale_factor_temporal");
    int width = config.integer("base_dim", 96);
    int channels = config.integer("in_channels", 3);
    config.require("out_channels", channels);
    var parsed =
        new WanAutoencoderConfig(
            width,
            config.integer("decoder_base_dim", width),
            config.integer("z_dim", 16),
            config.integers("dim_mult"),
            config.integer("num_res_blocks", 2),
            config.flags("temperal_downsample"),
            config.flag("is_residual", false),
            config.integer("patch_size", 1),
            channels,
            config.numbers("latents_mean"),
            config.numbers("latents_std"));
    config.finish();
    return parsed;
  }

  /** The factor by which latents are smaller than pictures in height and in width. */
  public int compression() {
    return patch << (multiples.size() - 1);
  }

  /** The factor by which latents have fewer frames, the first frame aside. */
  public int temporalCompression() {
    return 1 << temporal.stream().filter(halves -> halves).count();
  }

  /** Frames of latents for a clip of {@code 4k + 1} frames (where four is the compression). */
  public int latentFrames(int frames) {
    int step = temporalCompression();
    if (frames < 1 || (frames - 1) % step != 0) {
      throw new IllegalArgumentException(
          "A clip has %dk + 1 frames; %d is none of these. The nearest are %d and %d."
              .formatted(
                  step,
                  frames,
                  Math.max(0, frames - 2) / step * step + 1,
                  (Math.max(0, frames - 2) / step + 1) * step + 1));
    }
    return (frames - 1) / step + 1;
  }

  /** Width of every stage of a coder, finest first. */
  List<Integer> widths(int finest) {
    return multiples.stream().map(multiple -> multiple * finest).toList();
  }
}
