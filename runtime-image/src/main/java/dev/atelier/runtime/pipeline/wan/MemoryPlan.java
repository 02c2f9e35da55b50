package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.t5.T5Config;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import dev.atelier.runtime.tensor.DType;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * How a request is worked on within a memory budget. The parts follow one another, so that the peak
 * is that of the largest; a part that does not fit whole works in a way that needs less.
 *
 * @param text the text encoder
 * @param denoiser the denoiser
 * @param autoencoder the autoencoder
 * @param settings what the pipeline is told
 */
public record MemoryPlan(
    MemoryNeed text, MemoryNeed denoiser, MemoryNeed autoencoder, WanPipeline.Settings settings) {
  private static final String TEXT = "text encoder";
  private static final String DENOISER = "denoiser";
  private static final String AUTOENCODER = "autoencoder";
  private static final double GIB = 1L << 30;

  /**
   * The plan of a request.
   *
   * @param precision that the denoiser is held and computes in
   * @param budget bytes that the pipeline may hold
   * @throws MemoryBudgetException if some part does not fit in any way
   */
  public static MemoryPlan of(WanFiles files, TextToVideo request, DType precision, long budget) {
    var work = new WorkEstimate(request);
    var latents = files.autoencoderConfig();
    MemoryNeed text = text(files, work, budget);
    MemoryNeed denoiser = denoiser(files, work, latents, precision, budget);
    MemoryNeed autoencoder = autoencoder(files, work, latents, budget);
    var plan =
        new MemoryPlan(
            text,
            denoiser,
            autoencoder,
            new WanPipeline.Settings(
                residence(text), residence(denoiser), autoencoder.inTiles(), false));
    if (plan.peak() > budget) {
      throw new MemoryBudgetException("the clip", plan.peak(), plan.largest(), budget);
    }
    return plan;
  }

  /** The same with every part kept in memory between clips, where there is room for all. */
  public MemoryPlan keepingAll(long budget) {
    var kept =
        new MemoryPlan(
            text,
            denoiser,
            autoencoder,
            new WanPipeline.Settings(settings.text(), settings.denoiser(), settings.tiles(), true));
    return kept.peak() <= budget ? kept : this;
  }

  /** Bytes at the peak. */
  public long peak() {
    return settings.together()
        ? parts().stream().mapToLong(MemoryNeed::weights).sum()
            + parts().stream().mapToLong(MemoryNeed::work).max().orElse(0)
        : largest().total();
  }

  /** What to print before the work begins. */
  public List<String> lines() {
    return List.of(
        settings.together()
            ? "planned peak %.2f GiB, with every part kept between clips".formatted(peak() / GIB)
            : "planned peak %.2f GiB, in the %s".formatted(peak() / GIB, largest().part()),
        text.toString(),
        denoiser.toString(),
        autoencoder.toString());
  }

  private List<MemoryNeed> parts() {
    return List.of(text, denoiser, autoencoder);
  }

  MemoryNeed largest() {
    return parts().stream().max(Comparator.comparingLong(MemoryNeed::total)).orElseThrow();
  }

  static MemoryNeed text(WanFiles files, WorkEstimate work, long budget) {
    var size = ModelSize.of(files.textFolder(), T5Encoder.STEM);
    long results = work.text(T5Config.from(config(files.textFolder())));
    return blocks(TEXT, size, results, budget);
  }

  private static MemoryNeed denoiser(
      WanFiles files,
      WorkEstimate work,
      WanAutoencoderConfig latents,
      DType precision,
      long budget) {
    var size = ModelSize.of(files.transformerFolder(), WanTransformer3DModel.STEM, precision);
    long results = work.denoiser(files.transformerConfig(), latents);
    return blocks(DENOISER, size, results, budget);
  }

  private static MemoryNeed blocks(String part, ModelSize size, long results, long budget) {
    return size.all() + results <= budget
        ? new MemoryNeed(part, MemoryNeed.WHOLE, size.all(), results)
        : new MemoryNeed(part, MemoryNeed.BLOCKS, size.streamed(), results);
  }

  static MemoryNeed autoencoder(
      WanFiles files, WorkEstimate work, WanAutoencoderConfig latents, long budget) {
    var size = ModelSize.of(files.autoencoderFolder(), AutoencoderKLWan.STEM);
    long results = work.autoencoder(latents, false);
    return size.all() + results <= budget
        ? new MemoryNeed(AUTOENCODER, MemoryNeed.WHOLE, size.all(), results)
        : new MemoryNeed(
            AUTOENCODER, MemoryNeed.TILES, size.all(), work.autoencoder(latents, true));
  }

  static Residence residence(MemoryNeed need) {
    return need.way().equals(MemoryNeed.BLOCKS) ? Residence.STREAMED : Residence.RESIDENT;
  }

  private static ModelConfig config(Path folder) {
    return ModelConfig.read(folder.resolve("config.json"));
  }
}
