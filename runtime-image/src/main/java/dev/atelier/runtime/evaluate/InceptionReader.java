package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.vision.FidProtocol;
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
    this.name = name;
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

  /** One row per picture, prepared as torch-fidelity does. */
  public Seen pictures(List<RgbImage> pictures) {
    return pictures(pictures, FidProtocol.TORCH_FIDELITY);
  }

  /** One row per picture; features of two protocols refuse to be compared. */
  public Seen pictures(List<RgbImage> pictures, FidProtocol protocol) {
    var pooled = new ArrayList<float[]>();
    var logits = new ArrayList<float[]>();
    for (RgbImage picture : pictures) {
      try (Scope scope = Scope.open()) {
        var features = network.forward(protocol.pixels(torch, picture));
        pooled.add(features.pooled().toFloats());
        logits.add(features.logits().toFloats());
      }
    }
    var model = name + ", " + protocol.title();
    return new Seen(Features.of(model, pooled), Features.of(model, logits));
  }

  @Override
  public void close() {
    network.close();
  }
}
