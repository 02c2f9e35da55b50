package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.vision.ClipModel;
import dev.atelier.runtime.model.vision.ImageProcessor;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Embeddings of texts and pictures in CLIP's shared space, of unit length. */
public final class ClipReader implements AutoCloseable {
  private final Torch torch;
  private final ClipModel model;
  private final ClipTokenizer tokenizer;
  private final ImageProcessor processor;
  private final String name;

  private ClipReader(
      Torch torch,
      ClipModel model,
      ClipTokenizer tokenizer,
      ImageProcessor processor,
      String name) {
    this.torch = torch;
    this.model = model;
    this.tokenizer = tokenizer;
    this.processor = processor;
    this.name = name + ", " + processor.protocol();
  }

  /**
   * Reads a transformers folder: {@code config.json}, {@code model.safetensors}, the tokenizer's
   * files, {@code preprocessor_config.json}.
   *
   * @param name of the model with its digest, for reports
   */
  public static ClipReader open(Torch torch, Path folder, String name) {
    var tokenizer = ClipTokenizer.read(folder);
    var processor = ImageProcessor.read(folder);
    var model = ClipModel.load(torch, folder, StoredWeights.Storage.MAPPED);
    return new ClipReader(torch, model, tokenizer, processor, name);
  }

  /** One row per picture. */
  public Features pictures(List<RgbImage> pictures) {
    var rows = new ArrayList<float[]>();
    for (RgbImage picture : pictures) {
      try (Scope scope = Scope.open()) {
        Tensor pixels = processor.pixels(torch, List.of(picture));
        rows.add(ClipModel.unit(model.imageFeatures(pixels)).toFloats());
      }
    }
    return Features.of(name, rows);
  }

  /** One row per text; what is longer than the model reads is cut. */
  public Features texts(List<String> texts) {
    var rows = new ArrayList<float[]>();
    for (String text : texts) {
      try (Scope scope = Scope.open()) {
        Tensor ids = torch.tensor(tokenizer.encode(text), 1, tokenizer.length());
        rows.add(ClipModel.unit(model.textFeatures(ids)).toFloats());
      }
    }
    return Features.of(name, rows);
  }

  /** Of the model, with its digest. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    model.close();
  }
}
