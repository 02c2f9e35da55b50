package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.config.ConfigFolder;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Publishes a video autoencoder's weights, measured on films that no training sees. */
record VideoAutoencoderPublication(PretrainContext<VideoRecipe> context) {

  private static final int MEASURED = 16;
  private static final int SHOWN = 2;

  /** Far behind the last film that is trained on. */
  private static final long FIRST_MEASURED = 1L << 40;

  /** The autoencoder's part of the model. */
  Path folder() {
    return context.folder().model().resolve("vae");
  }

  Path config() {
    return folder().resolve(ConfigFolder.CONFIG);
  }

  WeightFile weights() {
    return new WeightFile(folder(), AutoencoderKLWan.STEM);
  }

  /** Writes the weights after so many steps of the decoder, and a preview. */
  void publish(int step, Map<String, Tensor> weights) {
    weights().write(weights);
    var world = FilmWorld.of(context.recipe());
    try (Scope scope = Scope.open();
        var autoencoder = AutoencoderKLWan.load(context.torch(), folder(), Storage.MAPPED)) {
      var films =
          IntStream.range(0, MEASURED)
              .mapToObj(i -> world.whole(context.torch(), FIRST_MEASURED + i))
              .toList();
      Tensor original = Ops.concat(0, films);
      Tensor restored = autoencoder.decode(autoencoder.encode(original).mode());
      double decibels = -10 * Math.log10(Ops.meanSquaredError(restored, original).item() / 4);
      var line = "autoencoder: %.2f dB on other films, decoder trained for %d steps";
      context.log().say(String.format(Locale.ROOT, line, decibels, step));
      context.note(VideoDecoderPhase.NAME, Map.of("otherFilmsDecibels", decibels));
      sheet(step, original, restored);
    }
  }

  private void sheet(int step, Tensor original, Tensor restored) {
    var rows = IntStream.range(0, 2 * SHOWN).boxed().toList();
    Previews.write(
        context.folder(),
        VideoDecoderPhase.NAME,
        step,
        FilmSheet.of(
            "Video autoencoder, decoder trained for %,d steps".formatted(step),
            "films that it was not trained on",
            rows.stream().map(row -> row % 2 == 0 ? "drawn" : "restored").toList(),
            rows.stream()
                .map(row -> (row % 2 == 0 ? original : restored).narrow(0, row / 2, 1))
                .toList()));
  }
}
