package dev.atelier.runtime.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.atelier.runtime.model.layer.LowRank;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.WeightsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Adapters in the layout of diffusers' {@code pytorch_lora_weights.safetensors}. Every tensor of
 * the file finds its layer, or the load fails with its name.
 */
public final class LoraFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "lora_adapter_metadata";

  /** Network, layer, and which of the two matrices, in today's and in older spelling. */
  private static final Pattern NAME =
      Pattern.compile(
          "(unet|text_encoder)\\.(.+?)\\."
              + "(?:lora\\.|lora_linear_layer\\.|lora_)(down|up|A|B)\\.weight");

  private final SafeTensorsFile file;
  private final JsonNode metadata;
  private final Map<Target, Matrices> adapters = new TreeMap<>();

  private record Target(String network, String layer) implements Comparable<Target> {
    @Override
    public int compareTo(Target other) {
      return (network + "." + layer).compareTo(other.network + "." + other.layer);
    }
  }

  /** Names of the two matrices of an adapter in the file; the other one is still to come. */
  private record Matrices(Optional<String> down, Optional<String> up) {
    Matrices with(boolean isDown, String name) {
      return isDown ? new Matrices(Optional.of(name), up) : new Matrices(down, Optional.of(name));
    }
  }

  private LoraFile(SafeTensorsFile file) {
    this.file = file;
    this.metadata = metadata(file);
    for (var name : file.names()) {
      var parts = NAME.matcher(name);
      if (!parts.matches()) {
        throw new WeightsException(
            "%s: tensor %s is no adapter of unet or text_encoder in the diffusers layout."
                .formatted(file.path(), name));
      }
      boolean isDown = parts.group(3).equals("down") || parts.group(3).equals("A");
      adapters.merge(
          new Target(parts.group(1), parts.group(2)),
          new Matrices(Optional.empty(), Optional.empty()).with(isDown, name),
          (before, one) -> before.with(isDown, name));
    }
  }

  /**
   * Reads the names.
   *
   * @throws WeightsException if a tensor is no adapter, or half of one
   */
  public static LoraFile open(Path path) {
    return new LoraFile(SafeTensorsFile.open(path));
  }

  /**
   * Adds every adapter to the weight of its layer; sampling then costs what it costs without.
   *
   * @param networks the layers of {@code unet} and {@code text_encoder}
   * @throws WeightsException if an adapter fits no layer
   */
  public void fuse(Torch torch, Map<String, Modules> networks) {
    adapters.forEach(
        (target, matrices) -> {
          try (Scope scope = Scope.open()) {
            var adapter = adapter(torch, target, matrices);
            var modules = networks.get(target.network());
            if (modules == null) {
              throw new IllegalArgumentException("The model has no " + target.network() + ".");
            }
            modules.adaptable(target.layer()).fuse(adapter);
          } catch (IllegalArgumentException e) {
            throw new WeightsException(file.path() + ": " + e.getMessage(), e);
          }
        });
  }

  private LowRank adapter(Torch torch, Target target, Matrices matrices) {
    Tensor down = matrix(torch, target, "down", matrices.down());
    Tensor up = matrix(torch, target, "up", matrices.up());
    double rank = down.size(0);
    double alpha = metadata.path(target.network() + ".lora_alpha").asDouble(rank);
    return new LowRank(down, up, alpha / rank);
  }

  private Tensor matrix(Torch torch, Target target, String which, Optional<String> name) {
    return file.map(
        torch,
        name.orElseThrow(
            () ->
                new WeightsException(
                    "%s: the adapter of %s.%s lacks its %s matrix."
                        .formatted(file.path(), target.network(), target.layer(), which))));
  }

  /** Without metadata alpha is the rank, as diffusers takes it to be. */
  private static JsonNode metadata(SafeTensorsFile file) {
    var text = file.metadata().get(METADATA);
    try {
      return text == null ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new WeightsException(
          "%s: %s in its header is not JSON.".formatted(file.path(), METADATA), e);
    }
  }
}
