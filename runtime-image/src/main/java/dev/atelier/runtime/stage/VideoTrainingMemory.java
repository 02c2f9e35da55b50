package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.wan.WanConfig;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import dev.atelier.runtime.ranks.Share;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.stage.VideoTrainingInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a training holds at its peak on each of its nodes, in bytes, beside the engine and the JVM.
 *
 * @param weights of the denoiser, float32, and their copies in the precision it computes in
 * @param training gradients and AdamW's two moments of what is trained, and its moving average
 * @param activations of the largest phase: what a forward pass keeps for the way back, and all that
 *     the block in hand takes
 * @param phase the largest one
 */
record VideoTrainingMemory(long weights, long training, long activations, String phase) {

  private static final double GIB = 1L << 30;

  /**
   * The plan of a training.
   *
   * @param latents the autoencoder, which knows how many latents a clip has
   * @param weights values of the denoiser
   * @param words tokens of text
   * @param gpu whether it computes on a GPU
   */
  static VideoTrainingMemory of(
      VideoTrainingInput input,
      WanConfig config,
      WanAutoencoderConfig latents,
      long weights,
      int words,
      DType precision,
      boolean gpu) {
    var share = Share.of(0, input.nodes(), input.gradientAccumulation(), input.batchSize());
    int clips = input.batchSize() / share.parts();
    var block = BlockMemory.of(config, input);
    var largest =
        input.phases().stream()
            .max(Comparator.comparingLong(phase -> tokens(phase, config, latents)))
            .orElseThrow();
    long tokens = tokens(largest, config, latents) * clips;
    long texts = (long) words * clips;
    boolean whole = input.lora() == null;
    long copies = 3 + (input.emaDecay() == null ? 0 : 1);
    // A judged moving average stands in the network's place while that waits beside it.
    long waiting = input.emaDecay() != null && input.autoStop().enabled() ? 1 : 0;
    return new VideoTrainingMemory(
        weights * Float.BYTES + cast(input, config, weights, precision),
        (copies + waiting) * (whole ? weights : block.adapters()) * Float.BYTES,
        activations(input, config, block, tokens, texts, gpu) * bytes(precision),
        largest.name());
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

  /**
   * Ends the stage before it begins if the peak is more than there is; the operator halves a batch
   * of more than one then.
   *
   * @param budget in bytes
   */
  void require(long budget, VideoTrainingInput input) {
    if (peak() > budget) {
      throw new StageFailure.OutOfMemory(
          "training needs %.2f GiB at its peak (weights %.2f, gradients, optimizer and average %.2f, activations of stage '%s' %.2f) and there are %.2f GiB: %s, or give the pod more memory"
              .formatted(
                  peak() / GIB,
                  weights / GIB,
                  training / GIB,
                  phase,
                  activations / GIB,
                  budget / GIB,
                  String.join(", ", options(input))));
    }
  }

  private List<String> options(VideoTrainingInput input) {
    var options = new ArrayList<String>();
    options.add("shorten or shrink training.stages '%s'".formatted(phase));
    if (input.batchSize() > 1) {
      options.add(
          "lower training.batchSize %d and raise gradientAccumulation as much"
              .formatted(input.batchSize()));
    }
    if (!input.gradientCheckpointing()) {
      options.add("turn training.gradientCheckpointing on");
    }
    if (input.lora() == null) {
      options.add("train with method LoRA");
    }
    options.add("set the DiffusionRuntime's spec.precision to BFloat16");
    return options;
  }

  /** Tokens of one clip. */
  private static long tokens(
      VideoTrainingInput.Phase phase, WanConfig config, WanAutoencoderConfig latents) {
    long frames = latents.latentFrames(phase.frames());
    int compression = latents.compression();
    long patch = (long) config.patch().get(0) * config.patch().get(1) * config.patch().get(2);
    return frames * (phase.height() / compression) * (phase.width() / compression) / patch;
  }

  /** Values at the peak of a step, which is in the last block, on its way back. */
  private static long activations(
      VideoTrainingInput input,
      WanConfig config,
      BlockMemory block,
      long tokens,
      long texts,
      boolean gpu) {
    long kept =
        input.gradientCheckpointing()
            ? config.layers() * tokens * config.width()
            : (config.layers() - 1L) * block.saved(tokens, texts);
    return kept + block.inHand(tokens, texts, gpu);
  }

  /** Bytes of the weights as they are computed with: of a block at a time, or kept for all. */
  private static long cast(
      VideoTrainingInput input, WanConfig config, long weights, DType precision) {
    if (precision == DType.FLOAT32) {
      return 0;
    }
    return weights * Short.BYTES / (input.gradientCheckpointing() ? config.layers() : 1);
  }

  private static long bytes(DType precision) {
    return precision == DType.FLOAT32 ? Float.BYTES : Short.BYTES;
  }
}
