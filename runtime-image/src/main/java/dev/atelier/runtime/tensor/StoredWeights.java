package dev.atelier.runtime.tensor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The weights of a model folder, one file or shards, with every tensor accounted for. */
public final class StoredWeights implements Weights {
  /** Where parameters lie and in what type. */
  public enum Storage {
    /** In the file's own memory where that holds float32; they cannot be trained. */
    MAPPED(DType.FLOAT32),
    /** In a copy that can be trained. */
    COPIED(DType.FLOAT32),
    /** In a copy of half the size, for drawing. */
    BFLOAT16(DType.BFLOAT16),
    /** As {@link #BFLOAT16}, finer and of a smaller range. */
    FLOAT16(DType.FLOAT16);

    private final DType type;

    Storage(DType type) {
      this.type = type;
    }

    /** What a model that draws in a precision holds; nothing is cast at each step then. */
    public static Storage drawingIn(DType precision) {
      return switch (precision) {
        case BFLOAT16 -> BFLOAT16;
        case FLOAT16 -> FLOAT16;
        default -> MAPPED;
      };
    }
  }

  private static final int NAMED_UNKNOWNS = 5;
  private static final String TOGETHER =
      "Copy weights and config.json again, both from the same model.";

  private final Torch torch;
  private final Path source;
  private final Storage storage;
  private final Function<String, StoredView> layout;
  private final Map<String, Stored> tensors = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  private record Stored(SafeTensorsFile file, String name) {}

  private StoredWeights(
      Torch torch, Path source, Storage storage, Function<String, StoredView> layout) {
    this.torch = torch;
    this.source = source;
    this.storage = storage;
    this.layout = layout;
  }

  /** Opens {@code stem.safetensors}, or the shards of {@code stem.safetensors.index.json}. */
  public static StoredWeights open(Torch torch, Path folder, String stem, Storage storage) {
    return open(torch, folder, stem, storage, UnaryOperator.identity());
  }

  /** As above; the renaming turns names of older files into today's. */
  public static StoredWeights open(
      Torch torch, Path folder, String stem, Storage storage, UnaryOperator<String> rename) {
    var weights = new StoredWeights(torch, folder, storage, StoredView::same);
    for (SafeTensorsFile file : Shards.open(folder, stem)) {
      file.names().forEach(name -> weights.tensors.put(rename.apply(name), new Stored(file, name)));
    }
    return weights;
  }

  /**
   * The tensors of one file below a prefix, for a file that holds more than one model.
   *
   * @param layout where, without the prefix, each parameter of the model lies
   */
  public static StoredWeights within(
      Torch torch,
      SafeTensorsFile file,
      String prefix,
      Storage storage,
      Function<String, StoredView> layout) {
    var weights = new StoredWeights(torch, file.path(), storage, layout);
    file.names().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(
            name -> weights.tensors.put(name.substring(prefix.length()), new Stored(file, name)));
    return weights;
  }

  @Override
  public Torch torch() {
    return torch;
  }

  @Override
  public boolean has(String name) {
    return tensors.containsKey(layout.apply(name).name());
  }

  @Override
  public Tensor take(String name, long... shape) {
    return take(storage.type, name, shape);
  }

  @Override
  public Tensor takeExact(String name, long... shape) {
    return take(DType.FLOAT32, name, shape);
  }

  private Tensor take(DType type, String name, long... shape) {
    StoredView view = layout.apply(name);
    Stored stored = found(view, shape);
    try (Scope scope = Scope.open()) {
      Tensor mapped = view.of(stored.file().map(torch, stored.name()));
      Tensor full = mapped.dtype() == DType.FLOAT32 ? mapped : mapped.to(DType.FLOAT32);
      if (taken.add(view.name())) {
        requireFinite(full, view.name());
      }
      if (type != DType.FLOAT32) {
        return Scope.release(full.to(type));
      }
      return Scope.release(storage == Storage.MAPPED ? full : full.copy());
    }
  }

  @Override
  public Rows rows(String name, long entries, long width) {
    StoredView view = layout.apply(name);
    Stored stored = found(view, entries, width);
    taken.add(view.name());
    return ids -> {
      try (Scope scope = Scope.open()) {
        Tensor gathered = stored.file().rows(torch, stored.name(), ids.toLongs());
        requireFinite(gathered, view.name());
        long[] shape = Arrays.copyOf(ids.shape(), ids.shape().length + 1);
        shape[shape.length - 1] = width;
        return scope.keep(gathered.reshape(shape));
      }
    };
  }

  /**
   * The files of a model folder's weights: one, or an index and its shards. Files whose names tell
   * their precision, as {@code model.fp16.safetensors}, go by the plain name.
   */
  public static Map<String, Path> files(Path folder, String stem) {
    return Shards.files(folder, stem);
  }

  /** How many values each tensor of a model folder holds, from the headers alone. */
  public static Map<String, Long> counts(Path folder, String stem) {
    var counts = new LinkedHashMap<String, Long>();
    for (SafeTensorsFile file : Shards.open(folder, stem)) {
      for (String name : file.names()) {
        counts.put(name, Arrays.stream(file.shape(name)).reduce(1, Math::multiplyExact));
      }
    }
    return counts;
  }

  private Stored found(StoredView view, long... shape) {
    Stored stored = tensors.get(view.name());
    if (stored == null) {
      throw new WeightsException(
          "%s lacks tensor %s of shape %s%s. %s"
              .formatted(
                  source,
                  view.name(),
                  Arrays.toString(shape),
                  nearest(view.name(), tensors.keySet()),
                  TOGETHER));
    }
    long[] found = view.shape(stored.file().shape(stored.name()));
    if (!Arrays.equals(found, shape)) {
      throw new WeightsException(
          "%s: tensor %s has shape %s but the configuration asks for %s. %s"
              .formatted(
                  source, view.name(), Arrays.toString(found), Arrays.toString(shape), TOGETHER));
    }
    return stored;
  }

  /** A sum is as fast as memory and no number as soon as one value is none. */
  private void requireFinite(Tensor values, String name) {
    if (!Double.isFinite(values.sum().item())) {
      throw new WeightsException(
          "%s: tensor %s holds values that are not finite numbers. Copy or train the file again."
              .formatted(source, name));
    }
  }

  @Override
  public void ignore(String name) {
    taken.add(layout.apply(name).name());
  }

  /** Accepts a stored tensor, by its name in the file, that no model has a use for. */
  public void ignoreStored(String name) {
    taken.add(name);
  }

  @Override
  public void finish() {
    List<String> unknown = tensors.keySet().stream().filter(n -> !taken.contains(n)).toList();
    if (!unknown.isEmpty()) {
      String first = unknown.get(0);
      throw new WeightsException(
          "%s holds %d tensors that the configuration has no place for: %s; %s has shape %s%s. %s"
              .formatted(
                  source,
                  unknown.size(),
                  String.join(", ", unknown.subList(0, Math.min(NAMED_UNKNOWNS, unknown.size()))),
                  first,
                  Arrays.toString(shapeOf(first)),
                  nearest(first, taken),
                  TOGETHER));
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
