package dev.atelier.runtime.model.lora;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.layer.LowRank;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.Generator;
import dev.atelier.runtime.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files of random adapters of rank 2 on every layer of a denoiser and its text encoders. */
public final class RandomAdapters {

  private static final int RANK = 2;
  private static final double SPREAD = 0.2;

  private RandomAdapters() {}

  /** Writes a file in the form of diffusers. */
  public static Path diffusers(
      Path file, UNet2DConditionModel unet, List<ClipTextModel> texts, long seed)
      throws IOException {
    try (Scope scope = Scope.open()) {
      writer(unet, texts, seed).diffusers(file, Map.of());
    }
    return file;
  }

  /** Writes a file in kohya's form. */
  public static Path kohya(
      Path file, UNet2DConditionModel unet, List<ClipTextModel> texts, long seed)
      throws IOException {
    try (Scope scope = Scope.open()) {
      writer(unet, texts, seed).kohya(file, new LoraTargets(unet, texts), Map.of());
    }
    return file;
  }

  private static LoraWriter writer(
      UNet2DConditionModel unet, List<ClipTextModel> texts, long seed) {
    var adapters = new EnumMap<LoraNetwork, SortedMap<String, LowRank>>(LoraNetwork.class);
    var torch = unet.modules().adaptable().get(0).weight().torch();
    try (var random = torch.generator(seed)) {
      adapters.put(LoraNetwork.UNET, adapters(random, unet.modules()));
      for (int i = 0; i < texts.size(); i++) {
        adapters.put(LoraNetwork.values()[i + 1], adapters(random, texts.get(i).modules()));
      }
    }
    return new LoraWriter(adapters);
  }

  private static SortedMap<String, LowRank> adapters(Generator random, Modules modules) {
    var adapters = new TreeMap<String, LowRank>();
    for (var layer : modules.adaptable()) {
      long[] down = layer.weight().shape();
      var up = new long[down.length];
      Arrays.fill(up, 1);
      up[0] = down[0];
      up[1] = RANK;
      down[0] = RANK;
      adapters.put(
          layer.name(),
          new LowRank(random.randn(down).mul(SPREAD), random.randn(up).mul(SPREAD), 1.0 / RANK));
    }
    return adapters;
  }
}
