package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.gallery.Sheet;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Publishes an autoencoder's weights, measured on the people that were held out. */
record AutoencoderPublication(PretrainContext<Recipe> context, PictureFile pictures, String phase) {

  private static final int MEASURED = 48;
  private static final int SHOWN = 12;

  /** The autoencoder's part of the model. */
  Path folder() {
    return context.folder().model().resolve("vae");
  }

  /** Writes the weights after so many steps, their scaling factor, and a preview. */
  void publish(int step, Map<String, Tensor> weights) {
    new WeightFile(folder(), Autoencoder.STEM).write(weights);
    try {
      measure(step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void measure(int step) throws IOException {
    var world = context.recipe().world();
    var heldOut = IntStream.range(world.training(), world.pictures()).limit(MEASURED).toArray();
    try (Scope scope = Scope.open();
        var autoencoder = Autoencoder.load(context.torch(), folder(), Storage.MAPPED)) {
      var original = pictures.pictures(context.torch(), heldOut);
      var latents = autoencoder.encode(original).mode();
      var restored = autoencoder.decode(latents).clamp(-1, 1);
      double error = Ops.meanSquaredError(restored, original).item() / 4;
      double spread = latents.sub(latents.mean()).square().mean().sqrt().item();
      new PipelineLayout(context.recipe(), context.folder().model()).autoencoder(1 / spread);
      double decibels = -10 * Math.log10(error);
      var line = "%s: %.2f dB on held-out pictures after %d steps";
      context.log().say(String.format(Locale.ROOT, line, phase, decibels, step));
      context.note(phase, Map.of("heldOutDecibels", decibels));
      sheet(step, original, restored);
    }
  }

  private void sheet(int step, Tensor original, Tensor restored) {
    var rows =
        List.of(
            row("drawn", original.narrow(0, 0, Math.min(SHOWN, original.size(0)))),
            row("restored", restored.narrow(0, 0, Math.min(SHOWN, restored.size(0)))));
    Previews.write(
        context.folder(), phase, step, new Sheet("Autoencoder", "held-out people", SHOWN, rows));
  }

  private static Sheet.Row row(String title, Tensor pictures) {
    return new Sheet.Row(
        title,
        "",
        PictureTensors.pictures(pictures.mul(0.5).add(0.5)).stream()
            .map(picture -> Sheet.Cell.of(picture, "", ""))
            .toList());
  }
}
