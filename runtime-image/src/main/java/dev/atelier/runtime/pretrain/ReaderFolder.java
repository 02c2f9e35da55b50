package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.StoredWeights;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A reader of portraits: its weights, and the size of the pictures that it reads. */
record ReaderFolder(Path folder) {

  private static final String STEM = "portrait_reader";
  private static final String CONFIG = "config.json";

  /**
   * @param edge of the pictures in pixels
   */
  private record Config(int edge) {}

  /**
   * The reader that a run trained, or that lies in a folder by itself.
   *
   * @throws StageFailure.BadInput if there is none
   */
  static ReaderFolder in(Path place) {
    for (var folder : new Path[] {place.resolve(ReaderPhase.NAME), place}) {
      if (Files.exists(new WeightFile(folder, STEM).path())) {
        return new ReaderFolder(folder);
      }
    }
    throw new StageFailure.BadInput(
        "%s holds no reader; train one with pretrain reader, or name samples/headshot/models/drawn-reader"
            .formatted(place));
  }

  /** Edge of the pictures in pixels. */
  int edge() {
    try {
      return StageJson.json().readValue(folder.resolve(CONFIG).toFile(), Config.class).edge();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PortraitReader load(Torch torch) {
    return new PortraitReader(edge(), StoredWeights.open(torch, folder, STEM, Storage.MAPPED));
  }

  void write(int edge, Map<String, Tensor> weights) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(CONFIG), StageJson.json().writeValueAsBytes(new Config(edge)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new WeightFile(folder, STEM).write(weights);
  }
}
