package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.gallery.Sheet;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.autoencoder.AutoencoderTiny;
import dev.atelier.runtime.model.autoencoder.AutoencoderTinyConfig;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.pipeline.PictureTensors;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Trains the autoencoder, and then encodes every picture. */
final class AutoencoderPhase implements Phase {

  static final String NAME = "autoencoder";

  /** The latents in their file. */
  static final String LATENTS = "latents";

  private static final int TOGETHER = 48;
  private static final int SHOWN = 12;

  private final PretrainContext context;
  private final PictureFile pictures;
  private final Path folder;

  AutoencoderPhase(PretrainContext context, PictureFile pictures) {
    this.context = context;
    this.pictures = pictures;
    this.folder = context.folder().model().resolve("vae");
  }

  @Override
  public void run() throws IOException {
    if (Files.exists(context.folder().latents())) {
      return;
    }
    var recipe = context.recipe();
    var config = AutoencoderTinyConfig.from(ModelConfig.read(folder.resolve("config.json")));
    var weights = new FreshWeights(context.torch(), context.seed(1));
    var steps = recipe.autoencoder().training();
    try (var autoencoder = new AutoencoderTiny(config, weights)) {
      var parameters = Trained.all("", autoencoder.modules());
      var loss = new AutoencoderLoss(context.torch(), recipe, autoencoder, pictures);
      try (var averaged =
          new Averaged(new Descent(parameters, steps, loss), parameters, steps.averaging())) {
        context.train(NAME, steps, averaged, step -> publish(step, averaged.averages()));
      }
    }
    encode();
  }

  private void publish(int step, Map<String, Tensor> averages) {
    try {
      SafeTensorsWriter.write(
          folder.resolve(Autoencoder.STEM + ".safetensors"), averages, Map.of("format", "pt"));
      measure(step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On the people that were held out. */
  private void measure(int step) throws IOException {
    var world = context.recipe().world();
    var heldOut = IntStream.range(world.training(), world.pictures()).limit(TOGETHER).toArray();
    try (Scope scope = Scope.open();
        var autoencoder = Autoencoder.load(context.torch(), folder, Storage.MAPPED)) {
      var original = pictures.pictures(context.torch(), heldOut);
      var latents = autoencoder.encode(original).mode();
      var restored = autoencoder.decode(latents).clamp(-1, 1);
      double error = Ops.meanSquaredError(restored, original).item() / 4;
      double spread = latents.sub(latents.mean()).square().mean().sqrt().item();
      layout().autoencoder(1 / spread);
      double decibels = -10 * Math.log10(error);
      var line = "%s: %.2f dB on held-out pictures after %d steps";
      context.log().say(String.format(Locale.ROOT, line, NAME, decibels, step));
      context.note(NAME, Map.of("heldOutDecibels", decibels));
      sheet(step, original, restored);
    }
  }

  private void sheet(int step, Tensor original, Tensor restored) {
    var rows =
        List.of(
            row("drawn", original.narrow(0, 0, Math.min(SHOWN, original.size(0)))),
            row("restored", restored.narrow(0, 0, Math.min(SHOWN, restored.size(0)))));
    Previews.write(
        context.folder(), NAME, step, new Sheet("Autoencoder", "held-out people", SHOWN, rows));
  }

  private static Sheet.Row row(String title, Tensor pictures) {
    return new Sheet.Row(
        title,
        "",
        PictureTensors.pictures(pictures.mul(0.5).add(0.5)).stream()
            .map(picture -> Sheet.Cell.of(picture, "", ""))
            .toList());
  }

  private void encode() throws IOException {
    int all = context.recipe().world().pictures();
    var parts = new ArrayList<Tensor>();
    try (Scope scope = Scope.open();
        var autoencoder = Autoencoder.load(context.torch(), folder, Storage.MAPPED)) {
      for (int at = 0; at < all; at += TOGETHER) {
        context.stop().check();
        var numbers = IntStream.range(at, Math.min(all, at + TOGETHER)).toArray();
        try (Scope inner = Scope.open()) {
          parts.add(
              inner.keep(autoencoder.encodeScaled(pictures.pictures(context.torch(), numbers))));
        }
        context.log().progress("encoding", at + numbers.length, all, "");
      }
      SafeTensorsWriter.write(
          context.folder().latents(),
          Map.of(LATENTS, Ops.concat(0, parts)),
          Map.of("format", "pt"));
    }
  }

  private PipelineLayout layout() {
    return new PipelineLayout(context.recipe(), context.folder().model());
  }
}
