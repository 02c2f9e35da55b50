package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.t5.T5Config;
import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.model.wan.WanConfig;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tokenizer.T5Tokenizer;
import dev.atelier.runtime.train.FlowForward;
import dev.atelier.runtime.train.FlowObjective;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Trains text encoder and denoiser together: first on pictures, then on films and pictures. */
final class VideoDenoiserPhase implements Phase {

  static final String NAME = "denoiser";

  private static final ModelPart TRANSFORMER =
      new ModelPart("transformer", WanTransformer3DModel.STEM);
  private static final ModelPart TEXT = new ModelPart("text_encoder", T5Encoder.STEM);
  private static final Set<String> BEGIN_AT_ZERO = Set.of("proj_out.weight");
  private static final int JUDGED = 24;

  private final PretrainContext<VideoRecipe> context;
  private final Path model;

  VideoDenoiserPhase(PretrainContext<VideoRecipe> context) {
    this.context = context;
    this.model = context.folder().model();
  }

  @Override
  public void run() throws IOException {
    var torch = context.torch();
    var steps = context.recipe().denoiser().training();
    var denoiserWeights = new FreshWeights(torch, context.seed(2), BEGIN_AT_ZERO);
    var textWeights = new FreshWeights(torch, context.seed(3), Set.of());
    try (var tokenizer = WanFiles.of(model).tokenizer();
        var denoiser =
            new WanTransformer3DModel(
                WanConfig.from(config(TRANSFORMER)), denoiserWeights, Residence.RESIDENT);
        var text = new T5Encoder(T5Config.from(config(TEXT)), textWeights, Residence.RESIDENT)) {
      var parameters = Trained.all(TRANSFORMER.prefix(), denoiser.modules());
      parameters.putAll(Trained.all(TEXT.prefix(), text.modules()));
      try (var training = Descent.of(parameters, steps, loss(tokenizer, text, denoiser))) {
        context.train(
            NAME,
            steps,
            training.over((step, pass) -> step),
            done -> publish(done, training.result()));
      }
    }
  }

  private ModelConfig config(ModelPart part) {
    return ModelConfig.read(model.resolve(part.name()).resolve("config.json"));
  }

  private VideoLoss loss(T5Tokenizer tokenizer, T5Encoder text, WanTransformer3DModel denoiser) {
    var recipe = context.recipe();
    var torch = context.torch();
    var objective =
        new FlowObjective(
            new FlowObjective.Density.Uniform(),
            recipe.denoiser().shift(),
            FlowObjective.Weighting.EQUAL);
    var latents = SafeTensorsFile.open(context.folder().latents());
    var batches =
        new VideoBatches(
            torch,
            recipe,
            tokenizer,
            latents.map(torch, VideoLatentsPhase.FILMS),
            latents.map(torch, VideoLatentsPhase.PICTURES),
            objective);
    long[] empty = tokenizer.tokens("");
    return new VideoLoss(
        text,
        new FlowForward(denoiser, objective, false),
        batches,
        recipe.text().words(),
        torch.tensor(empty, 1, empty.length));
  }

  private void publish(int step, Map<String, Tensor> averages) {
    TRANSFORMER.write(model, averages);
    TEXT.write(model, averages);
    var shown = new VideoJudge(context.torch(), context.recipe().world()).show(model, JUDGED);
    var counts = shown.counts();
    context.log().say("after %,d steps, never seen in training: %s".formatted(step, counts));
    context.note(NAME, Map.of("heldOutPromptsRight", counts.right()));
    Previews.write(
        context.folder(),
        NAME,
        step,
        shown.sheet("Video model after %,d steps: %s".formatted(step, counts)));
  }
}
