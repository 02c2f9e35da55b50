package dev.atelier.runtime.stage;

import dev.atelier.runtime.model.wan.WanConfig;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import dev.atelier.runtime.ranks.Share;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.stage.VideoTrainingInput;
import java.util.List;

/**
 * What a training holds at its peak on each of its nodes, in bytes.
 *
 * @param weights of the denoiser, float32
 * @param training gradients and AdamW's two moments of what is trained, and its moving average
 * @param activations of a forward pass of the largest phase, kept for the way back
 * @param phase the largest one
 */
record VideoTrainingMemory(long weights, long training, long activations, String phase) {

  private static final double GIB = 1L << 30;

  /**
   * Results of a block that its gradients need, in widths of a token, counted from WanBlock: norms,
   * queries, keys, values, rotated ones, attended, projected and gated, for both attentions, and
   * the feed-forward part's norm and sum.
   */
  private static final int KEPT_WIDTHS = 21;

  /** The feed-forward part before and after its activation. */
  private static final int KEPT_INNER = 2;

  /**
   * The plan of a training.
   *
   * @param latents the autoencoder, which knows how many latents a clip has
   * @param weights values of the denoiser
   * @param trained values that are trained
   * @param words tokens of text
   */
  static VideoTrainingMemory of(
      VideoTrainingInput input,
      WanConfig config,
      WanAutoencoderConfig latents,
      long weights,
      long trained,
      int words,
      DType precision) {
    var share = Share.of(0, input.nodes(), input.gradientAccumulation(), input.batchSize());
    int clips = input.batchSize() / share.parts();
    long copies = 3 + (input.emaDecay() == null ? 0 : 1);
    long most = 0;
    var largest = "";
    for (var phase : input.phases()) {
      long tokens = tokens(phase, config, latents) * clips;
      long texts = (long) words * clips;
      long bytes =
          activations(config, tokens, texts, input.gradientCheckpointing()) * bytes(precision);
      if (bytes > most) {
        most = bytes;
        largest = phase.name();
      }
    }
    return new VideoTrainingMemory(
        weights * Float.BYTES, copies * trained * Float.BYTES, most, largest);
  }

  /** Bytes at the peak. */
  long peak() {
    return weights + training + activations;
  }

  /** What to print before the work begins. */
  List<String> lines() {
    return List.of(
        "planned peak %.2f GiB".formatted(peak() / GIB),
        "weights: %.2f GiB".formatted(weights / GIB),
        "gradients, optimizer and average: %.2f GiB".formatted(training / GIB),
        "activations of stage %s: %.2f GiB".formatted(phase, activations / GIB));
  }

  /** Tokens of one clip. */
  private static long tokens(
      VideoTrainingInput.Phase phase, WanConfig config, WanAutoencoderConfig latents) {
    long frames = latents.latentFrames(phase.frames());
    int compression = latents.compression();
    long patch = (long) config.patch().get(0) * config.patch().get(1) * config.patch().get(2);
    return frames * (phase.height() / compression) * (phase.width() / compression) / patch;
  }

  /** Values that a forward pass keeps: all of it, or one block's and what goes into the others. */
  private static long activations(WanConfig config, long tokens, long texts, boolean recomputes) {
    long width = config.width();
    long block =
        tokens * (KEPT_WIDTHS * width + (long) KEPT_INNER * config.feedForwardWidth())
            + texts * 3 * width;
    return recomputes ? block + config.layers() * tokens * width : block * config.layers();
  }

  private static long bytes(DType precision) {
    return precision == DType.FLOAT32 ? Float.BYTES : Short.BYTES;
  }
}
