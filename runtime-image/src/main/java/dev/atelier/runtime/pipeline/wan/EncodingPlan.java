package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.pipeline.Guidance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How clips and their captions are encoded within a memory budget: the text encoder and the
 * autoencoder take turns, unless there is room for both.
 *
 * @param text the text encoder
 * @param autoencoder the autoencoder at the largest clip; decoding, whose network is at least as
 *     wide, is what is counted
 * @param together whether both stay in memory
 */
public record EncodingPlan(MemoryNeed text, MemoryNeed autoencoder, boolean together) {
  private static final double GIB = 1L << 30;

  /** Clips of one size and length. */
  public record Clips(int width, int height, int frames) {}

  /**
   * The plan of a set.
   *
   * @param clips what is encoded, at least one
   * @param budget bytes that the encoders may hold
   * @throws MemoryBudgetException if an encoder does not fit in any way
   */
  public static EncodingPlan of(WanFiles files, List<Clips> clips, long budget) {
    var latents = files.autoencoderConfig();
    var text = MemoryPlan.text(files, work(files, clips.get(0)), budget);
    var autoencoder =
        clips.stream()
            .map(each -> MemoryPlan.autoencoder(files, work(files, each), latents, budget))
            .max(Comparator.comparingLong(MemoryNeed::total))
            .orElseThrow();
    var turns = new EncodingPlan(text, autoencoder, false);
    if (turns.peak() > budget) {
      throw new MemoryBudgetException("preparing the clips", turns.peak(), turns.largest(), budget);
    }
    var both = new EncodingPlan(text, autoencoder, true);
    return both.peak() <= budget ? both : turns;
  }

  /** Whether the autoencoder has to decode such clips in squares to keep within a budget. */
  public static boolean decodesInTiles(WanFiles files, Clips clips, long budget) {
    return MemoryPlan.autoencoder(files, work(files, clips), files.autoencoderConfig(), budget)
        .inTiles();
  }

  /** Whether the autoencoder works in squares. */
  public boolean tiles() {
    return autoencoder.inTiles();
  }

  /** Where the text encoder's blocks are. */
  public Residence residence() {
    return MemoryPlan.residence(text);
  }

  /** Bytes at the peak. */
  public long peak() {
    return together
        ? text.weights() + autoencoder.weights() + Math.max(text.work(), autoencoder.work())
        : largest().total();
  }

  /** What to print before the work begins. */
  public List<String> lines() {
    return List.of(
        together
            ? "planned peak %.2f GiB, with both encoders kept".formatted(peak() / GIB)
            : "planned peak %.2f GiB, in the %s; the encoders take turns"
                .formatted(peak() / GIB, largest().part()),
        text.toString(),
        autoencoder.toString());
  }

  private MemoryNeed largest() {
    return text.total() > autoencoder.total() ? text : autoencoder;
  }

  private static WorkEstimate work(WanFiles files, Clips clips) {
    return new WorkEstimate(
        new TextToVideo(
            List.of(""),
            List.of(""),
            clips.width(),
            clips.height(),
            clips.frames(),
            new TextToVideo.Steps.Count(1),
            Guidance.of(1),
            Optional.empty(),
            files.words()));
  }
}
