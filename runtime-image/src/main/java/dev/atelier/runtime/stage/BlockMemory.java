package dev.atelier.runtime.stage;

import dev.atelier.runtime.model.wan.WanConfig;
import dev.atelier.stage.TrainingInput;
import dev.atelier.stage.VideoTrainingInput;
import org.jspecify.annotations.Nullable;

/**
 * What one block of the denoiser holds while it is trained, in values, counted from WanBlock.
 *
 * @param width of a token
 * @param inner width of the feed-forward part
 * @param attention whether adapters are on the eight layers of its two attentions
 * @param feedForward whether adapters are on its two dense layers
 * @param adapters values of the adapters of all blocks
 */
record BlockMemory(long width, long inner, boolean attention, boolean feedForward, long adapters) {

  /**
   * Results that gradients need, in widths of a token: norms, queries, keys, values, normed and
   * rotated ones, attended, laid out, projected and gated, for both attentions, and the
   * feed-forward part's norm and sums. Measured: 8 blocks more or less of them are 36.7 widths a
   * block with its feed-forward part of 8.
   */
  private static final int SAVED_WIDTHS = 29;

  /** The feed-forward part before and after its activation. */
  private static final int SAVED_INNER = 2;

  /** Keys before and after their norm, and values, of the text. */
  private static final int SAVED_TEXTS = 3;

  /** Layers of the attentions that see a clip's tokens, and those that see the text. */
  private static final int ON_TOKENS = 6;

  private static final int ON_TEXTS = 2;

  /** An adapter's own result and the sum stand beside the layer's until the block is through. */
  private static final int BESIDE = 2;

  /** Gradients on their way back, in widths. */
  private static final int FLOWING = 5;

  /**
   * What a block in hand takes on the CPU for each value that it saves: results until their scope
   * ends, gradients, and what the C library's allocator holds back of all that. Measured: 4.4 to
   * 5.4 (VideoTrainingMemoryTest).
   */
  private static final double ON_CPU = 5.2;

  static BlockMemory of(WanConfig config, VideoTrainingInput input) {
    long width = config.width();
    long inner = config.feedForwardWidth();
    var lora = input.lora();
    boolean attention = adapted(lora, "Attention");
    boolean feedForward = adapted(lora, "FeedForward");
    long each =
        (attention ? (ON_TOKENS + ON_TEXTS) * 2 * width : 0)
            + (feedForward ? 2 * (width + inner) : 0);
    return new BlockMemory(
        width,
        inner,
        attention,
        feedForward,
        lora == null ? 0 : config.layers() * each * lora.rank());
  }

  /** What stays until the block's gradients are there. */
  long saved(long tokens, long texts) {
    return tokens * (SAVED_WIDTHS * width + SAVED_INNER * inner) + texts * SAVED_TEXTS * width;
  }

  /**
   * All that a block takes while it is differentiated.
   *
   * @param gpu whether on a GPU, whose allocator reuses what is free: results, adapters' results
   *     and gradients alone
   */
  long inHand(long tokens, long texts, boolean gpu) {
    return gpu
        ? saved(tokens, texts) + held(tokens, texts) + flowing(tokens)
        : (long) (ON_CPU * saved(tokens, texts));
  }

  /** What stays until the block is through, besides. */
  private long held(long tokens, long texts) {
    long ofAttention = attention ? BESIDE * width * (ON_TOKENS * tokens + ON_TEXTS * texts) : 0;
    return ofAttention + (feedForward ? BESIDE * (width + inner) * tokens : 0);
  }

  /** Gradients of the block in hand. */
  private long flowing(long tokens) {
    return tokens * (FLOWING * width + 2 * inner);
  }

  private static boolean adapted(TrainingInput.@Nullable Lora lora, String target) {
    return lora != null && lora.targets().contains(target);
  }
}
