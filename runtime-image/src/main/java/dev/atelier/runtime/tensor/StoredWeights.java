package dev.atelier.runtime.tensor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The weights of a model folder, one file or shards, with every tensor accounted for. */
public final class StoredWeights implements Weights {
  /** Whether parameters read the file's memory (read-only) or a copy that can be trained. */
  public enum Storage {
    MAPPED,
    COPIED
  }

  private static final int NAMED_UNKNOWNS = 5;

  private final Torch torch;
  private final Path source;
  private final Storage storage;
  private final Map<String, Stored> tensors = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  private record Stored(SafeTensorsFile file, String name) {}

  private StoredWeights(Torch torch, Path source, Storage storage) {
    this.torch = torch;
    this.source = source;
    this.storage = storage;
  }

  /** Opens {@code stem.safetensors}, or the shards of {@code stem.safetensors.index.json}. */
  public static StoredWeights open(Torch torch, Path folder, String stem, Storage storage) {
    return open(torch, folder, stem, storage, UnaryOperator.identity());
  }

  /** As above; the renaming turns names of older files into today's. */
  public static StoredWeights open(
      Torch torch, Path folder, String stem, Storage storage, UnaryOperator<String> rename) {
    var weights = new StoredWeights(torch, folder, storage);
    for (SafeTensorsFile file : Shards.open(folder, stem)) {
      file.names().forEach(name -> weights.tensors.put(rename.apply(name), new Stored(file, name)));
    }
    return weights;
  }

  @Override
  public Torch torch() {
    return torch;
  }

  @Override
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  @Override
  public Tensor take(String name, long... shape) {
    Stored stored = tensors.get(name);
    if (stored == null) {
      throw new WeightsException(
          "%s lacks tensor %s of shape %s%s."
              .formatted(source, name, Arrays.toString(shape), nearest(name, tensors.keySet())));
    }
    long[] found = stored.file().shape(stored.name());
    if (!Arrays.equals(found, shape)) {
      throw new WeightsException(
          "%s: tensor %s has shape %s but the configuration asks for %s."
              .formatted(source, name, Arrays.toString(found), Arrays.toString(shape)));
    }
    taken.add(name);
    try (Scope scope = Scope.open()) {
      Tensor mapped = stored.file().map(torch, stored.name());
      Tensor full = mapped.dtype() == DType.FLOAT32 ? mapped : mapped.to(DType.FLOAT32);
      return Scope.release(storage == Storage.COPIED ? full.copy() : full);
    }
  }

  @Override
  public void ignore(String name) {
    taken.add(name);
  }

  @Override
  public void finish() {
    List<String> unknown = tensors.keySet().stream().filter(n -> !taken.contains(n)).toList();
    if (!unknown.isEmpty()) {
      String first = unknown.get(0);
      throw new WeightsException(
          "%s holds %d tensors that the configuration has no place for: %s; %s has shape %s%s."
              .formatted(
                  source,
                  unknown.size(),
                  String.join(", ", unknown.subList(0, Math.min(NAMED_UNKNOWNS, unknown.size()))),
                  first,
                  Arrays.toString(shapeOf(first)),
                  nearest(first, taken)));
    }
  }

  private long[] shapeOf(String name) {
    Stored stored = tensors.get(name);
    return stored == null ? new long[0] : stored.file().shape(stored.name());
  }

  private String nearest(String name, Set<String> candidates) {
    Optional<String> nearest = NearestName.of(name, candidates);
    return nearest
        .map(n -> "; the nearest known name is %s %s".formatted(n, Arrays.toString(shapeOf(n))))
        .orElse("");
  }
}
