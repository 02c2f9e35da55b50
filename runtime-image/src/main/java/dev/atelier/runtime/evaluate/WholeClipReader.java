package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.vision.ImageProcessor;
import dev.atelier.runtime.perception.ClipNetwork;
import dev.atelier.runtime.perception.ModelFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One row of features for each clip, by a network that sees its frames together. */
public final class WholeClipReader implements AutoCloseable {
  private final Torch torch;
  private final ClipNetwork network;
  private final ImageProcessor processor;
  private final String name;

  private WholeClipReader(Torch torch, ClipNetwork network, ImageProcessor processor, String name) {
    this.torch = torch;
    this.network = network;
    this.processor = processor;
    var frames = network.frames();
    this.name =
        "%s, %s, %s"
            .formatted(
                name,
                processor.protocol(),
                frames.isPresent()
                    ? "the middle %d frames".formatted(frames.getAsInt())
                    : "every frame");
  }

  /**
   * Reads {@code model.onnx} and {@code preprocessor_config.json} of a folder.
   *
   * @param name of the model with its digest, for reports
   */
  public static WholeClipReader open(Torch torch, Path folder, String name) {
    var processor = ImageProcessor.read(folder);
    var file = ModelFile.at(folder.resolve("model.onnx"));
    var threads = Runtime.getRuntime().availableProcessors();
    return new WholeClipReader(torch, new ClipNetwork(file, threads), processor, name);
  }

  /** The row of a clip; empty for one of fewer frames than the network reads. */
  public Optional<Features> clip(List<RgbImage> frames) {
    int count = network.frames().orElse(frames.size());
    if (frames.size() < count) {
      return Optional.empty();
    }
    int from = (frames.size() - count) / 2;
    try (Scope scope = Scope.open()) {
      Tensor pixels = processor.pixels(torch, frames.subList(from, from + count));
      var values = pixels.permute(1, 0, 2, 3).contiguous().toFloats();
      var row = network.read(values, count, (int) pixels.size(2), (int) pixels.size(3));
      return Optional.of(Features.of(name, List.of(row)));
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
