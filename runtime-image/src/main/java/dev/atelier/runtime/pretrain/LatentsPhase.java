package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;

/** Encodes every picture once. */
final class LatentsPhase implements Phase {

  /** The latents in their file, scaled, {@code [pictures, channels, height, width]}. */
  static final String LATENTS = "latents";

  private static final int TOGETHER = 48;

  private final PretrainContext<Recipe> context;
  private final PictureFile pictures;

  LatentsPhase(PretrainContext<Recipe> context, PictureFile pictures) {
    this.context = context;
    this.pictures = pictures;
  }

  @Override
  public void run() throws IOException {
    if (Files.exists(context.folder().latents())) {
      return;
    }
    var torch = context.torch();
    int all = context.recipe().world().pictures();
    var parts = new ArrayList<Tensor>();
    try (Scope scope = Scope.open();
        var autoencoder =
            Autoencoder.load(torch, context.folder().model().resolve("vae"), Storage.MAPPED)) {
      for (int at = 0; at < all; at += TOGETHER) {
        context.stop().check();
        var numbers = IntStream.range(at, Math.min(all, at + TOGETHER)).toArray();
        try (Scope inner = Scope.open()) {
          parts.add(inner.keep(autoencoder.encodeScaled(pictures.pictures(torch, numbers))));
        }
        context.log().progress("encoding", at + numbers.length, all, "");
      }
      SafeTensorsWriter.write(
          context.folder().latents(),
          Map.of(LATENTS, Ops.concat(0, parts)),
          Map.of("format", "pt"));
    }
  }
}
