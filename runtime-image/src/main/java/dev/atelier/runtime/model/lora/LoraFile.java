package dev.atelier.runtime.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.model.layer.LowRank;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The adapters of a file by network and by the layer's diffusers name, whatever form the file has.
 *
 * @param adapters what to add to which layer; each scale is alpha / rank
 * @param metadata the file's header
 */
public record LoraFile(
    Map<LoraNetwork, SortedMap<String, LowRank>> adapters, Map<String, String> metadata)
    implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PEFT_CONFIG = "adapter_config.json";
  private static final String PEFT_WEIGHTS = "adapter_model.safetensors";

  /**
   * Reads a file of diffusers or kohya, or a folder of PEFT (one adapter, or one in a folder for
   * each network). Every tensor must have its place.
   *
   * @throws LoraException if one has none, or does not fit its layer
   */
  public static LoraFile read(Torch torch, Path path, LoraTargets targets) {
    if (!Files.isDirectory(path)) {
      return ofDiffusers(torch, path, targets, key -> true);
    }
    if (Files.exists(path.resolve(PEFT_CONFIG))) {
      LoraScales scales = peftScales(path.resolve(PEFT_CONFIG));
      return read(torch, path.resolve(PEFT_WEIGHTS), targets, key -> true, network -> scales);
    }
    var all = new EnumMap<LoraNetwork, SortedMap<String, LowRank>>(LoraNetwork.class);
    for (LoraNetwork network : LoraNetwork.values()) {
      Path folder = path.resolve(network.field());
      if (Files.exists(folder.resolve(PEFT_CONFIG))) {
        all.putAll(read(torch, folder, targets.only(network)).adapters());
      }
    }
    if (all.isEmpty()) {
      throw new LoraException(
          "%s is a folder without %s, neither in it nor in a folder unet or text_encoder."
              .formatted(path, PEFT_CONFIG));
    }
    return new LoraFile(all, Map.of());
  }

  /**
   * Reads those adapters of a diffusers file whose layers are among the targets, for a network that
   * comes in pieces: whoever has all pieces has to see that nothing is left over.
   */
  public static LoraFile readPart(Torch torch, Path path, LoraTargets targets) {
    return ofDiffusers(torch, path, targets, key -> targets.has(key.network(), key.layer()));
  }

  /** How many adapters a diffusers file holds. */
  public static int count(Path path) {
    return (int) SafeTensorsFile.open(path).names().stream().filter(LoraKey::isDown).count();
  }

  private static LoraFile ofDiffusers(
      Torch torch, Path path, LoraTargets targets, Predicate<LoraKey> wanted) {
    var header = SafeTensorsFile.open(path).metadata();
    return read(torch, path, targets, wanted, network -> LoraScales.ofHeader(header, network));
  }

  /** Adds every adapter to its layer from now on, with the given strength. */
  public void attach(LoraTargets targets, double strength) {
    each(
        (network, layer, adapter) -> targets.layer(network, layer).adapt(times(adapter, strength)));
  }

  /** Adds every adapter to the weights themselves; with the opposite strength, takes it out. */
  public void fuse(LoraTargets targets, double strength) {
    each((network, layer, adapter) -> targets.layer(network, layer).fuse(times(adapter, strength)));
  }

  /** The number of adapted layers. */
  public int size() {
    return adapters.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public void close() {
    each(
        (network, layer, adapter) -> {
          adapter.down().close();
          adapter.up().close();
        });
  }

  private interface Visitor {
    void visit(LoraNetwork network, String layer, LowRank adapter);
  }

  private void each(Visitor visitor) {
    adapters.forEach(
        (network, layers) ->
            layers.forEach((layer, adapter) -> visitor.visit(network, layer, adapter)));
  }

  private static LowRank times(LowRank adapter, double strength) {
    return new LowRank(adapter.down(), adapter.up(), adapter.scale() * strength);
  }

  private static LoraScales peftScales(Path file) {
    try {
      JsonNode config = JSON.readTree(Files.readAllBytes(file));
      String type = config.path("peft_type").asText("LORA");
      if (!type.equals("LORA")) {
        throw new LoraException(file + ": peft_type " + type + " is not supported (only LORA).");
      }
      return new LoraScales(config).checked();
    } catch (IOException e) {
      throw new LoraException(file + " is not readable JSON: " + e.getMessage());
    }
  }

  private static LoraFile read(
      Torch torch,
      Path path,
      LoraTargets targets,
      Predicate<LoraKey> wanted,
      Function<LoraNetwork, LoraScales> scales) {
    var file = SafeTensorsFile.open(path);
    try (Scope scope = Scope.open()) {
      var found = new LinkedHashMap<LoraKey, Tensor>();
      for (String name : file.names()) {
        LoraKey key = LoraKey.of(name, targets);
        if (wanted.test(key) && found.put(key, file.map(torch, name)) != null) {
          throw new LoraException("tensor " + name + " is there twice, under two names");
        }
      }
      var adapters = new EnumMap<LoraNetwork, SortedMap<String, LowRank>>(LoraNetwork.class);
      for (LoraKey key : found.keySet()) {
        adapters
            .computeIfAbsent(key.network(), network -> new TreeMap<>())
            .computeIfAbsent(key.layer(), layer -> adapter(key, found, targets, scales));
      }
      return new LoraFile(adapters, file.metadata());
    } catch (LoraException | IllegalArgumentException e) {
      throw new LoraException(path + ": " + e.getMessage() + ".");
    }
  }

  private static LowRank adapter(
      LoraKey any,
      Map<LoraKey, Tensor> found,
      LoraTargets targets,
      Function<LoraNetwork, LoraScales> scales) {
    Tensor down = required(any, LoraKey.Part.DOWN, found);
    Tensor up = required(any, LoraKey.Part.UP, found);
    long rank = down.size(0);
    double scale =
        Optional.ofNullable(found.get(key(any, LoraKey.Part.ALPHA)))
            .map(alpha -> alpha.item() / rank)
            .orElseGet(() -> scales.apply(any.network()).scale(any.layer(), rank));
    long[] weight = targets.layer(any.network(), any.layer()).weight().shape();
    var adapter =
        new LowRank(shaped(down, weight.length), shaped(up, weight.length), scale)
            .checked(any.network().field() + "." + any.layer(), weight);
    return new LowRank(own(any, adapter.down()), own(any, adapter.up()), adapter.scale());
  }

  /** Dense layers that the model has as 1x1 convolutions, and the other way round. */
  private static Tensor shaped(Tensor factor, int dimensions) {
    long[] shape = factor.shape();
    boolean flat = Arrays.stream(shape).skip(2).allMatch(size -> size == 1);
    if (shape.length == dimensions || !flat) {
      return factor;
    }
    long[] fitting = Arrays.copyOf(shape, dimensions);
    for (int i = 2; i < dimensions; i++) {
      fitting[i] = 1;
    }
    return factor.reshape(fitting);
  }

  private static Tensor own(LoraKey of, Tensor tensor) {
    Tensor copy = Scope.release(tensor.to(DType.FLOAT32).copy());
    if (!copy.isFinite()) {
      copy.close();
      throw new LoraException(
          "the adapter of %s.%s holds values that are not numbers; train it again"
              .formatted(of.network().field(), of.layer()));
    }
    return copy;
  }

  private static Tensor required(LoraKey of, LoraKey.Part part, Map<LoraKey, Tensor> found) {
    return Optional.ofNullable(found.get(key(of, part)))
        .orElseThrow(
            () ->
                new LoraException(
                    "the adapter of %s.%s lacks its %s part"
                        .formatted(of.network().field(), of.layer(), part)));
  }

  private static LoraKey key(LoraKey of, LoraKey.Part part) {
    return new LoraKey(of.network(), of.layer(), part);
  }
}
