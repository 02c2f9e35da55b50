package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.vision.ImageProcessor;
import dev.atelier.runtime.model.vision.VisionTransformer;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Class tokens of DINO or DINOv2: they tell two people apart where CLIP sees two people. */
public final class DinoReader implements AutoCloseable {
  private final Torch torch;
  private final VisionTransformer model;
  private final ImageProcessor processor;
  private final String name;

  private DinoReader(Torch torch, VisionTransformer model, ImageProcessor processor, String name) {
    this.torch = torch;
    this.model = model;
    this.processor = processor;
    this.name = name + ", " + processor.protocol();
  }

  /**
   * Reads a transformers folder: {@code config.json}, {@code model.safetensors}, {@code
   * preprocessor_config.json}.
   *
   * @param name of the model with its digest, for reports
   */
  public static DinoReader open(Torch torch, Path folder, String name) {
    var processor = ImageProcessor.read(folder);
    var model = VisionTransformer.load(torch, folder, StoredWeights.Storage.MAPPED);
    return new DinoReader(torch, model, processor, name);
  }

  /** One row per picture. */
  public Features pictures(List<RgbImage> pictures) {
    var rows = new ArrayList<float[]>();
    for (RgbImage picture : pictures) {
      try (Scope scope = Scope.open()) {
        rows.add(model.forward(processor.pixels(torch, List.of(picture))).pooled().toFloats());
      }
    }
    return Features.of(name, rows);
  }

  @Override
  public void close() {
    model.close();
  }
}
