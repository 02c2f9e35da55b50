package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.pipeline.wan.WanFiles;

/**
 * Opens what a training of a video model published, for sampling: the base model with the adapters,
 * or with the denoiser that was trained as a whole. A {@code WanPipeline} of these files draws with
 * the tuned model; its memory plan, and streaming of blocks, hold as for the base model.
 */
public final class TunedVideo {

  private TunedVideo() {}

  /**
   * The files of the tuned model.
   *
   * @param tuned what the train stage published, or a later one that adopts its files
   * @throws StageFailure.BadInput if that is no video model
   */
  public static WanFiles files(BaseModel base, TunedFiles tuned) {
    var files = WanFiles.of(base.folder());
    var adapters = tuned.adapters();
    var transformer = tuned.transformer();
    if (adapters.isEmpty() && transformer.isEmpty()) {
      throw new StageFailure.BadInput(
          "the tuned model holds %s, neither %s nor %s of a video model; is it the manifest of a VideoGenerator?"
              .formatted(
                  tuned.byName().keySet().stream().sorted().toList(),
                  TunedFiles.ADAPTERS,
                  TunedFiles.TRANSFORMER));
    }
    files = transformer.isPresent() ? files.withTransformer(transformer.get()) : files;
    return adapters.isPresent() ? files.withAdapters(adapters.get()) : files;
  }
}
