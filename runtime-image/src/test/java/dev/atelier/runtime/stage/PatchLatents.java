package dev.atelier.runtime.stage;

import dev.atelier.runtime.latent.CaptionEncoder;
import dev.atelier.runtime.latent.LatentEncoder;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Locale;

/**
 * An autoencoder without weights, of the shape of real ones: patches of 8 x 8 pixels become
 * channels, the first frame stands alone and each four after it are averaged.
 */
record PatchLatents(String sha256) implements LatentEncoder {

  static final int PATCH = 8;

  @Override
  public Tensor encode(Tensor pixels) {
    long frames = pixels.size(2);
    long height = pixels.size(3) / PATCH;
    long width = pixels.size(4) / PATCH;
    var first = patches(pixels.narrow(2, 0, 1), 1, height, width);
    if (frames == 1) {
      return first.contiguous();
    }
    var rest =
        patches(pixels.narrow(2, 1, frames - 1), frames - 1, height, width)
            .reshape(3 * PATCH * PATCH, (frames - 1) / 4, 4, height, width)
            .mean(2)
            .reshape(3 * PATCH * PATCH, (frames - 1) / 4, height, width);
    return Ops.concat(1, first, rest);
  }

  private static Tensor patches(Tensor clip, long frames, long height, long width) {
    return clip.reshape(3, frames, height, PATCH, width, PATCH)
        .permute(0, 3, 5, 1, 2, 4)
        .contiguous()
        .reshape(3 * PATCH * PATCH, frames, height, width);
  }

  @Override
  public int multiple() {
    return PATCH;
  }

  @Override
  public void close() {}

  /** One row of letter frequencies for each word. */
  record Letters(Torch torch, String sha256) implements CaptionEncoder {

    @Override
    public Tensor encode(String caption) {
      var words = caption.toLowerCase(Locale.ROOT).split(" +", -1);
      var rows = new float[words.length * 26];
      for (int i = 0; i < words.length; i++) {
        for (char letter : words[i].toCharArray()) {
          if (letter >= 'a' && letter <= 'z') {
            rows[i * 26 + letter - 'a']++;
          }
        }
      }
      return torch.tensor(rows, words.length, 26);
    }

    @Override
    public void close() {}
  }
}
