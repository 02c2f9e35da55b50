package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.model.vision.ClipModel;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Weights;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.DreamBoothTuning;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.Objective;
import dev.atelier.runtime.train.Reconstruction;
import dev.atelier.runtime.train.TrainingStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Trains the denoiser and its text encoder together on the latents of every picture: at first a new
 * one and CLIP's, in later stages what the stage before has made.
 */
final class DenoiserPhase implements Phase {

  private static final ModelPart UNET = new ModelPart("unet", UNet2DConditionModel.STEM);
  private static final ModelPart TEXT = new ModelPart("text_encoder", ClipTextModel.STEM);

  private final PretrainContext<Recipe> context;
  private final DenoiserStage stage;
  private final Path model;

  DenoiserPhase(PretrainContext<Recipe> context, DenoiserStage stage) {
    this.context = context;
    this.stage = stage;
    this.model = context.folder().model();
  }

  @Override
  public void run() throws IOException {
    var torch = context.torch();
    if (stage.first()) {
      try (var clip = ClipModel.load(torch, context.folder().clip(), Storage.COPIED)) {
        train(clip.text());
      }
    } else {
      try (var text = ClipTextModel.load(torch, TEXT.in(model), Storage.COPIED)) {
        train(text);
      }
    }
  }

  private void train(ClipTextModel text) throws IOException {
    var steps = stage.training();
    try (Scope scope = Scope.open();
        var unet = unet();
        var everything =
            new DreamBoothTuning(new Networks(unet, text), true, steps.rate(), steps.rate());
        var step =
            new TrainingStep<>(
                new Reconstruction(new Networks(unet, text), objective()),
                everything,
                Descent.settings(steps))) {
      context.train(
          stage.name(), steps, step.over(batches()), done -> publish(done, step.result()));
    }
  }

  private UNet2DConditionModel unet() throws IOException {
    var fresh = new FreshWeights(context.torch(), context.seed(stage.first() ? 2 : 7));
    var config = UNetConfig.from(ModelConfig.of("unet of the recipe", layout().config()));
    return new UNet2DConditionModel(config, stage.first() ? fresh : grown(fresh));
  }

  private Weights grown(Weights fresh) {
    var before = UNET.in(model);
    return new GrownWeights(
        StoredWeights.open(context.torch(), before, UNET.stem(), Storage.COPIED), fresh);
  }

  private DenoiserLayout layout() {
    return new DenoiserLayout(context.recipe(), stage.attending());
  }

  private Objective objective() {
    var scheduler = ModelConfig.read(model.resolve("scheduler/scheduler_config.json"));
    return new Objective(
        NoiseTable.from(scheduler),
        PredictionType.of(scheduler.text("prediction_type")),
        stage.minSnr(),
        0);
  }

  private PortraitBatches batches() {
    var latents =
        SafeTensorsFile.open(context.folder().latents()).map(context.torch(), LatentsPhase.LATENTS);
    return new PortraitBatches(
        context.torch(),
        context.recipe(),
        stage,
        ClipTokenizer.read(model.resolve("tokenizer")),
        latents,
        objective().table().steps());
  }

  private void publish(int step, Map<String, Tensor> averages) {
    try {
      new ConfigFolder(model).write(UNET.name() + "/" + ConfigFolder.CONFIG, layout().config());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    UNET.write(model, averages);
    TEXT.write(model, averages);
    context.note(stage.name(), Map.of());
    var title = "Base model after %,d steps".formatted(stage.stepsBefore() + step);
    Previews.write(
        context.folder(),
        stage.name(),
        step,
        PromptSheet.of(context.torch(), model, context.recipe().world().edge(), title));
  }
}
