package dev.atelier.runtime.train;

import dev.atelier.runtime.model.layer.Adaptable;
import dev.atelier.runtime.model.layer.LowRank;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.Generator;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Trainable low-rank adapters on the layers of one network (Hu et al. 2021): {@code down} is drawn
 * from a normal distribution of deviation 1/rank, {@code up} is zero, so that training starts at
 * the base model.
 */
final class LoraAdapters implements AutoCloseable {

  /** Files say alpha, some in float32, and alpha is scale times rank. */
  private static final double SCALE_ERROR = 1e-6;

  private final SortedMap<String, LowRank> adapters = new TreeMap<>();

  private LoraAdapters() {}

  /** Puts adapters on every layer that the predicate accepts. */
  static LoraAdapters attach(
      Torch torch,
      Modules modules,
      Predicate<Adaptable> target,
      int rank,
      double alpha,
      long seed) {
    var attached = new LoraAdapters();
    try (Scope scope = Scope.open();
        Generator generator = torch.generator(seed)) {
      modules.adaptable().stream()
          .filter(target)
          .forEach(layer -> attached.attach(generator, layer, rank, alpha / rank));
    }
    return attached;
  }

  /** The adapters by layer name. */
  SortedMap<String, LowRank> byLayer() {
    return adapters;
  }

  /** The trained tensors by name: {@code prefix + layer + .lora.down.weight} and {@code up}. */
  SortedMap<String, Tensor> parameters(String prefix) {
    var parameters = new TreeMap<String, Tensor>();
    adapters.forEach(
        (layer, adapter) -> {
          parameters.put(prefix + layer + ".lora.down.weight", adapter.down());
          parameters.put(prefix + layer + ".lora.up.weight", adapter.up());
        });
    return parameters;
  }

  /** Whether other adapters are the same: bit for bit, the scale but for its last digits. */
  boolean isEqual(@Nullable SortedMap<String, LowRank> others) {
    return others != null
        && others.keySet().equals(adapters.keySet())
        && others.entrySet().stream()
            .allMatch(
                other ->
                    isEqual(
                        other.getValue(), Objects.requireNonNull(adapters.get(other.getKey()))));
  }

  private static boolean isEqual(LowRank found, LowRank expected) {
    return Math.abs(found.scale() - expected.scale()) <= SCALE_ERROR * Math.abs(expected.scale())
        && TrainedFiles.isEqual(found.down(), expected.down())
        && TrainedFiles.isEqual(found.up(), expected.up());
  }

  @Override
  public void close() {
    adapters
        .values()
        .forEach(
            adapter -> {
              adapter.down().close();
              adapter.up().close();
            });
  }

  private void attach(Generator generator, Adaptable layer, int rank, double scale) {
    long[] down = layer.weight().shape();
    var up = new long[down.length];
    Arrays.fill(up, 1);
    up[0] = down[0];
    up[1] = rank;
    down[0] = rank;
    var torch = layer.weight().torch();
    var adapter =
        new LowRank(
            Scope.release(generator.randn(down).mul(1.0 / rank)),
            Scope.release(torch.zeros(up)),
            scale);
    adapter.down().requireGradient(true);
    adapter.up().requireGradient(true);
    layer.adapt(adapter);
    adapters.put(layer.name(), adapter);
  }
}
