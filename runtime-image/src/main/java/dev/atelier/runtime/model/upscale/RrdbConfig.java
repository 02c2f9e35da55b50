package dev.atelier.runtime.model.upscale;

import dev.atelier.runtime.model.config.ModelConfig;

/**
 * How large an RRDBNet is.
 *
 * @param scale how many times larger it makes a picture: 1, 2 or 4
 * @param channels features per position
 * @param blocks residual-in-residual dense blocks
 * @param growth features that each convolution of a dense block adds
 */
public record RrdbConfig(int scale, int channels, int blocks, int growth) {

  /** Reads the fields; those that are missing are Real-ESRGAN's. */
  public static RrdbConfig from(ModelConfig config) {
    config.require("scale", 1, 2, 4);
    var parsed =
        new RrdbConfig(
            config.integer("scale", 4),
            config.integer("nf", 64),
            config.integer("nb", 23),
            config.integer("gc", 32));
    config.finish();
    return parsed;
  }

  /** The edge of the squares of pixels that become channels: the trunk always enlarges by four. */
  int folded() {
    return RrdbNet.TRUNK_SCALE / scale;
  }
}
