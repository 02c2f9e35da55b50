package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.model.vision.ClipModel;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.DreamBoothTuning;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.Objective;
import dev.atelier.runtime.train.Reconstruction;
import dev.atelier.runtime.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

/** Trains CLIP's text encoder and a new denoiser together on the latents of every picture. */
final class DenoiserPhase implements Phase {

  static final String NAME = "denoiser";

  private static final ModelPart UNET = new ModelPart("unet", UNet2DConditionModel.STEM);
  private static final ModelPart TEXT = new ModelPart("text_encoder", ClipTextModel.STEM);

  private final PretrainContext<Recipe> context;
  private final Path model;

  DenoiserPhase(PretrainContext<Recipe> context) {
    this.context = context;
    this.model = context.folder().model();
  }

  @Override
  public void run() throws IOException {
    var recipe = context.recipe();
    var steps = recipe.denoiser().training();
    try (Scope scope = Scope.open();
        var unet = unet();
        var clip = ClipModel.load(context.torch(), context.folder().clip(), Storage.COPIED);
        var everything =
            new DreamBoothTuning(
                new Networks(unet, clip.text()), true, steps.rate(), steps.rate());
        var step =
            new TrainingStep<>(
                new Reconstruction(new Networks(unet, clip.text()), objective()),
                everything,
                Descent.settings(steps))) {
      context.train(NAME, steps, step.over(batches()), done -> publish(done, step.result()));
    }
  }

  private UNet2DConditionModel unet() {
    var config = ModelConfig.read(model.resolve(UNET.name()).resolve("config.json"));
    return new UNet2DConditionModel(
        UNetConfig.from(config), new FreshWeights(context.torch(), context.seed(2)));
  }

  /**
   * No weights by signal-to-noise: they would all but hide the noisiest steps, which are those that
   * decide by the caption what is drawn.
   */
  private Objective objective() {
    var scheduler = ModelConfig.read(model.resolve("scheduler/scheduler_config.json"));
    return new Objective(
        NoiseTable.from(scheduler),
        PredictionType.of(scheduler.text("prediction_type")),
        OptionalDouble.empty(),
        0);
  }

  private PortraitBatches batches() {
    var latents =
        SafeTensorsFile.open(context.folder().latents()).map(context.torch(), LatentsPhase.LATENTS);
    return new PortraitBatches(
        context.torch(),
        context.recipe(),
        ClipTokenizer.read(model.resolve("tokenizer")),
        latents,
        objective().table().steps());
  }

  private void publish(int step, Map<String, Tensor> averages) {
    UNET.write(model, averages);
    TEXT.write(model, averages);
    context.note(NAME, Map.of());
    var title = "Base model after %,d steps".formatted(step);
    Previews.write(
        context.folder(),
        NAME,
        step,
        PromptSheet.of(context.torch(), model, context.recipe().world().edge(), title));
  }
}
