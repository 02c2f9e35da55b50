package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Trains the video autoencoder, as long as nothing builds on its latents. */
final class VideoAutoencoderPhase implements Phase {

  static final String NAME = "autoencoder";

  private static final Set<String> BEGIN_AT_ZERO = Set.of("conv2.weight");

  /** Logarithm of the variance of the latents' distribution: next to nothing. */
  private static final double LOG_VARIANCE = -12;

  private static final int MEASURED = 16;
  private static final long FIRST_MEASURED = 1L << 40;

  private final PretrainContext<VideoRecipe> context;

  VideoAutoencoderPhase(PretrainContext<VideoRecipe> context) {
    this.context = context;
  }

  @Override
  public void run() throws IOException {
    if (Files.exists(context.folder().latents())) {
      return;
    }
    var steps = context.recipe().autoencoder().training();
    var config = WanAutoencoderConfig.from(ModelConfig.read(folder().resolve("config.json")));
    var weights = new FreshWeights(context.torch(), context.seed(1), BEGIN_AT_ZERO);
    try (var autoencoder = new AutoencoderKLWan(config, weights)) {
      certain(autoencoder.modules().parameters(), config.latentChannels());
      var parameters = Trained.all("", autoencoder.modules());
      var loss = new VideoAutoencoderLoss(context.torch(), context.recipe(), autoencoder);
      try (var training = Descent.of(parameters, steps, loss)) {
        context.train(
            NAME,
            steps,
            training.over((step, pass) -> step),
            done -> publish(done, training.result()));
      }
    }
  }

  /** Latents are what they are: no loss moves their variance, which therefore begins small. */
  private static void certain(Map<String, Tensor> parameters, long channels) {
    try (Scope scope = Scope.open()) {
      half(parameters, "quant_conv.weight", channels, 0);
      half(parameters, "quant_conv.bias", channels, LOG_VARIANCE);
    }
  }

  private static void half(
      Map<String, Tensor> parameters, String name, long channels, double value) {
    var rows = java.util.Objects.requireNonNull(parameters.get(name)).narrow(0, channels, channels);
    rows.copyInPlace(rows.torch().full(value, rows.shape()));
  }

  private Path folder() {
    return context.folder().model().resolve("vae");
  }

  private void publish(int step, Map<String, Tensor> weights) {
    try {
      SafeTensorsWriter.write(
          folder().resolve(AutoencoderKLWan.STEM + ".safetensors"),
          weights,
          Map.of("format", "pt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var world = FilmWorld.of(context.recipe());
    try (Scope scope = Scope.open();
        var autoencoder = AutoencoderKLWan.load(context.torch(), folder(), Storage.MAPPED)) {
      var films = new java.util.ArrayList<Tensor>();
      for (int i = 0; i < MEASURED; i++) {
        films.add(world.whole(context.torch(), FIRST_MEASURED + i));
      }
      Tensor original = Ops.concat(0, films);
      Tensor restored = autoencoder.decode(autoencoder.encode(original).mode());
      double decibels = -10 * Math.log10(Ops.meanSquaredError(restored, original).item() / 4);
      context
          .log()
          .say(
              String.format(
                  Locale.ROOT, "%s: %.2f dB on other films after %d steps", NAME, decibels, step));
      context.note(NAME, Map.of("otherFilmsDecibels", decibels));
      Previews.write(
          context.folder(),
          NAME,
          step,
          FilmSheet.of(
              "Autoencoder",
              "every other pair of rows is restored",
              List.of("drawn", "restored"),
              List.of(original.narrow(0, 0, 1), restored.narrow(0, 0, 1))));
    }
  }
}
