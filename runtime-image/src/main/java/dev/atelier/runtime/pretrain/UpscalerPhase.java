package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.upscale.RrdbConfig;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Trains a network that makes pictures four times larger, from bilinear enlargement. */
final class UpscalerPhase implements Phase {

  static final String NAME = "upscaler";

  private static final int MEASURED = 8;

  private final PretrainContext<UpscalerRecipe> context;
  private final Path folder;

  UpscalerPhase(PretrainContext<UpscalerRecipe> context) {
    this.context = context;
    this.folder = context.folder().model();
  }

  @Override
  public void run() throws IOException {
    var torch = context.torch();
    var recipe = context.recipe();
    configure();
    var config = RrdbConfig.from(ModelConfig.read(folder.resolve(ConfigFolder.CONFIG)));
    try (var network = new RrdbNet(config, new FreshWeights(torch, context.seed(1), Set.of()))) {
      new BilinearStart(torch, recipe.channels()).begin(network.modules().parameters());
      var parameters = Trained.all("", network.modules());
      var loss = new UpscalerLoss(torch, recipe, network);
      try (var training = Descent.of(parameters, recipe.training(), loss)) {
        context.train(
            NAME,
            recipe.training(),
            training.over((step, pass) -> step),
            done -> publish(done, training.result()));
      }
    }
  }

  private void configure() throws IOException {
    var recipe = context.recipe();
    var config = ConfigFolder.empty();
    config.put("scale", UpscalerRecipe.SCALE).put("nf", recipe.channels());
    config.put("nb", recipe.blocks()).put("gc", recipe.growth());
    new ConfigFolder(folder).write(ConfigFolder.CONFIG, config);
  }

  private void publish(int step, Map<String, Tensor> weights) {
    new WeightFile(folder, RrdbNet.STEM).write(weights);
    var judge = new UpscalerJudge(context.torch(), context.recipe().seed());
    var measured = judge.measure(folder, MEASURED);
    context.log().say("after %,d steps: %s".formatted(step, measured));
    context.note(
        NAME,
        Map.of(
            "portraitsGainDecibels", measured.portraits().gain(),
            "framesGainDecibels", measured.frames().gain()));
    var title = "Super-resolution after %,d steps".formatted(step);
    Previews.write(context.folder(), NAME, step, judge.sheet(folder, title));
  }
}
