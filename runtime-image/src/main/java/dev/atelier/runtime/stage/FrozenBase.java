package dev.atelier.runtime.stage;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PromptFit;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.util.List;
import java.util.function.Function;

/**
 * The base model as it was before tuning. It is opened anew for each reading: the networks at hand
 * are no longer what they were, and memory is for training.
 */
record FrozenBase(ModelFiles files, Torch torch, List<ClipTokenizer> tokenizers)
    implements BaseAlignment.BaseReader {

  @Override
  public double[][] read(Function<PromptFit, double[][]> reading) {
    var config = files.schedulerConfig();
    var texts = files.texts(torch, Storage.MAPPED);
    try (var unet = files.unet(torch, Storage.MAPPED)) {
      return reading.apply(
          new PromptFit(
              files.prompts(torch, tokenizers, texts),
              unet,
              NoiseTable.from(config),
              PredictionType.of(config.text("prediction_type", "epsilon"))));
    } finally {
      texts.forEach(ClipTextModel::close);
    }
  }
}
