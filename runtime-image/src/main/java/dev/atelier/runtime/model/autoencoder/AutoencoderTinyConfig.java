package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import java.util.List;

/**
 * What the {@code config.json} of an AutoencoderTiny says.
 *
 * @param encoderChannels width of each stage of the encoder, finest first; all equal
 * @param encoderBlocks residual blocks of each stage
 * @param decoderChannels width of each stage of the decoder, coarsest first; all equal
 */
public record AutoencoderTinyConfig(
    int inChannels,
    int outChannels,
    int latentChannels,
    List<Integer> encoderChannels,
    List<Integer> encoderBlocks,
    List<Integer> decoderChannels,
    List<Integer> decoderBlocks,
    double scalingFactor,
    double shiftFactor)
    implements AutoencoderConfig {

  @Override
  public int compression() {
    return 1 << (encoderBlocks.size() - 1);
  }

  /** Reads the fields and fails on any that ask for another architecture. */
  public static AutoencoderTinyConfig from(ModelConfig config) {
    config.require("act_fn", "relu");
    config.require("upsample_fn", "nearest");
    config.require("upsampling_scaling_factor", 2);
    // Only helpers outside of encode and decode use magnitude and shift of a latent preview.
    config.ignore("block_out_channels", "force_upcast", "latent_magnitude", "latent_shift");
    var parsed =
        new AutoencoderTinyConfig(
            config.integer("in_channels", 3),
            config.integer("out_channels", 3),
            config.integer("latent_channels", 4),
            config.integers("encoder_block_out_channels"),
            config.integers("num_encoder_blocks"),
            config.integers("decoder_block_out_channels"),
            config.integers("num_decoder_blocks"),
            config.number("scaling_factor", 1),
            config.number("shift_factor", 0));
    config.finish();
    requireEqual(config, "encoder_block_out_channels", parsed.encoderChannels());
    requireEqual(config, "decoder_block_out_channels", parsed.decoderChannels());
    return parsed;
  }

  private static void requireEqual(ModelConfig config, String field, List<Integer> channels) {
    if (channels.stream().distinct().count() > 1) {
      throw new UnsupportedConfigException(
          "%s: %s = %s is not supported (only equal widths).".formatted(config, field, channels));
    }
  }
}
