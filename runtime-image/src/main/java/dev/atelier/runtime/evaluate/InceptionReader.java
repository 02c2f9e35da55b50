package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.vision.FidPixels;
import dev.atelier.runtime.model.vision.InceptionV3;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Features and class logits of the FID network. */
public final class InceptionReader implements AutoCloseable {
  private final Torch torch;
  private final InceptionV3 network;
  private final String name;

  InceptionReader(Torch torch, InceptionV3 network, String name) {
    this.torch = torch;
    this.network = network;
    this.name = name + ", TensorFlow bilinear 299 x 299";
  }

  /**
   * Reads {@code model.safetensors} of a folder.
   *
   * @param name of the model with its digest, for reports
   */
  public static InceptionReader open(Torch torch, Path folder, String name) {
    return new InceptionReader(torch, InceptionV3.load(torch, folder), name);
  }

  /**
   * What the network sees in pictures.
   *
   * @param pooled {@code [pictures, 2048]}
   * @param logits {@code [pictures, 1008]}
   */
  public record Seen(Features pooled, Features logits) {}

  /** One row per picture. */
  public Seen pictures(List<RgbImage> pictures) {
    var pooled = new ArrayList<float[]>();
    var logits = new ArrayList<float[]>();
    for (RgbImage picture : pictures) {
      try (Scope scope = Scope.open()) {
        var features = network.forward(FidPixels.of(torch, List.of(picture)));
        pooled.add(features.pooled().toFloats());
        logits.add(features.logits().toFloats());
      }
    }
    return new Seen(Features.of(name, pooled), Features.of(name, logits));
  }

  @Override
  public void close() {
    network.close();
  }
}
