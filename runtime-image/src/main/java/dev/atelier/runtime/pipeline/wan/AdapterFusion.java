package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.lora.LoraException;
import dev.atelier.runtime.model.lora.LoraFile;
import dev.atelier.runtime.model.lora.LoraNetwork;
import dev.atelier.runtime.model.lora.LoraTargets;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Adds the adapters of a file to the weights of layers as they are read, so that a denoiser whose
 * blocks come from its files one by one is as well adapted as one in memory.
 */
final class AdapterFusion implements Consumer<Modules> {

  private final Torch torch;
  private final Path file;
  private final Set<String> fused = new HashSet<>();

  AdapterFusion(Torch torch, Path file) {
    this.torch = torch;
    this.file = file;
  }

  @Override
  public void accept(Modules layers) {
    var targets = new LoraTargets(layers);
    try (var part = LoraFile.readPart(torch, file, targets)) {
      part.fuse(targets, 1);
      if (part.size() > 0) {
        fused.addAll(Objects.requireNonNull(part.adapters().get(LoraNetwork.TRANSFORMER)).keySet());
      }
    }
  }

  /** Refuses a file some of whose adapters had no layer to go to. */
  void requireAll() {
    int there = LoraFile.count(file);
    if (there == 0 || fused.size() < there) {
      throw new LoraException(
          "%s holds %d adapters, of which %d belong to layers of this denoiser; it was made for another model"
              .formatted(file, there, fused.size()));
    }
  }
}
