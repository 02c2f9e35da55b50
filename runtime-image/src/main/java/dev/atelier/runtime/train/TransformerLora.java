package dev.atelier.runtime.train;

import dev.atelier.runtime.model.layer.LowRank;
import dev.atelier.runtime.model.lora.LoraFile;
import dev.atelier.runtime.model.lora.LoraNetwork;
import dev.atelier.runtime.model.lora.LoraTargets;
import dev.atelier.runtime.model.lora.LoraWriter;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Low-rank adapters on a video denoiser. Saved as {@code pytorch_lora_weights.safetensors} in the
 * diffusers layout.
 */
public final class TransformerLora implements TuningMethod {
  private final Torch torch;
  private final WanTransformer3DModel model;
  private final LoraAdapters adapters;
  private final ParameterGroup group;

  /** Puts the adapters on the model and marks them as trained. */
  public TransformerLora(
      Torch torch,
      WanTransformer3DModel model,
      LoraTuning.Shape shape,
      LearningRate rate,
      long seed) {
    this.torch = torch;
    this.model = model;
    adapters =
        LoraAdapters.attach(
            torch, model.modules(), shape.onDenoiser(), shape.rank(), shape.alpha(), seed);
    if (adapters.byLayer().isEmpty()) {
      throw new IllegalArgumentException(
          "None of the targets %s is in the denoiser; use Attention or FeedForward."
              .formatted(shape.targets()));
    }
    group = new ParameterGroup(adapters.parameters(LoraNetwork.TRANSFORMER.field() + "."), rate);
  }

  @Override
  public List<ParameterGroup> groups() {
    return List.of(group);
  }

  @Override
  public List<Path> export(Path folder, Map<String, String> metadata) throws IOException {
    Files.createDirectories(folder);
    var networks = new EnumMap<LoraNetwork, SortedMap<String, LowRank>>(LoraNetwork.class);
    networks.put(LoraNetwork.TRANSFORMER, adapters.byLayer());
    new LoraWriter(networks).diffusers(folder.resolve(LoraTuning.FILE), metadata);
    return List.of(Path.of(LoraTuning.FILE));
  }

  @Override
  public Optional<Path> difference(Path folder) {
    try (var read = LoraFile.read(torch, folder.resolve(LoraTuning.FILE), new LoraTargets(model))) {
      return adapters.isEqual(read.adapters().get(LoraNetwork.TRANSFORMER))
          ? Optional.empty()
          : Optional.of(Path.of(LoraTuning.FILE));
    }
  }

  @Override
  public void close() {
    adapters.close();
  }
}
