package dev.atelier.runtime.model.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.model.layer.LowRank;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes adapters in each of the three forms; every form is read back to the same adapters. */
public final class LoraWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PEFT = "base_model.model.";

  private final Map<LoraNetwork, SortedMap<String, LowRank>> adapters;

  public LoraWriter(Map<LoraNetwork, SortedMap<String, LowRank>> adapters) {
    this.adapters = Map.copyOf(adapters);
  }

  /**
   * Diffusers' {@code pytorch_lora_weights.safetensors}, whose header says rank and alpha.
   *
   * @param metadata further pairs for the header
   */
  public void diffusers(Path file, Map<String, String> metadata) throws IOException {
    var tensors = new TreeMap<String, Tensor>();
    var config = new TreeMap<String, Object>();
    adapters.forEach(
        (network, layers) -> {
          String at = network.field() + ".";
          layers.forEach(
              (layer, adapter) -> {
                tensors.put(at + layer + network.down(), adapter.down());
                tensors.put(at + layer + network.up(), adapter.up());
              });
          LoraShapes.of(layers).peft().forEach((field, value) -> config.put(at + field, value));
        });
    var header = new TreeMap<>(metadata);
    header.put("format", "pt");
    header.put("lora_adapter_metadata", json(config));
    SafeTensorsWriter.write(file, tensors, header);
  }

  /**
   * PEFT's form: for each network a folder with {@code adapter_config.json} and the weights.
   *
   * @param metadata further pairs for the weights' headers
   */
  public List<Path> peft(Path folder, Map<String, String> metadata) throws IOException {
    var header = new TreeMap<>(metadata);
    header.put("format", "pt");
    var written = new ArrayList<Path>();
    for (Map.Entry<LoraNetwork, SortedMap<String, LowRank>> network : adapters.entrySet()) {
      Path own = Files.createDirectories(folder.resolve(network.getKey().field()));
      var tensors = new TreeMap<String, Tensor>();
      network
          .getValue()
          .forEach(
              (layer, adapter) -> {
                tensors.put(PEFT + layer + ".lora_A.weight", adapter.down());
                tensors.put(PEFT + layer + ".lora_B.weight", adapter.up());
              });
      var config = new TreeMap<>(LoraShapes.of(network.getValue()).peft());
      config.put("peft_type", "LORA");
      config.put("bias", "none");
      config.put("inference_mode", true);
      Files.writeString(own.resolve("adapter_config.json"), json(config) + "\n");
      Path weights = own.resolve("adapter_model.safetensors");
      SafeTensorsWriter.write(weights, tensors, header);
      written.add(own.resolve("adapter_config.json"));
      written.add(weights);
    }
    return written;
  }

  /**
   * The form of kohya's sd-scripts, which ComfyUI and others read: an alpha beside each adapter,
   * and a header by which such programs list the file.
   *
   * @param metadata further {@code ss_*} and {@code modelspec.*} pairs, which win
   */
  public void kohya(Path file, LoraTargets targets, Map<String, String> metadata)
      throws IOException {
    try (Scope scope = Scope.open()) {
      var tensors = new TreeMap<String, Tensor>();
      adapters.forEach(
          (network, layers) ->
              layers.forEach(
                  (layer, adapter) -> {
                    String at = prefix(network, targets) + targets.flattened(network, layer);
                    double alpha = adapter.scale() * adapter.down().size(0);
                    tensors.put(at + ".lora_down.weight", adapter.down());
                    tensors.put(at + ".lora_up.weight", adapter.up());
                    tensors.put(at + ".alpha", adapter.down().torch().scalar(alpha));
                  }));
      var all = new TreeMap<String, LowRank>();
      adapters.forEach(
          (network, layers) ->
              layers.forEach((layer, adapter) -> all.put(network + layer, adapter)));
      var header = new TreeMap<>(LoraShapes.of(all).kohya());
      header.putAll(metadata);
      SafeTensorsWriter.write(file, tensors, header);
    }
  }

  private static String prefix(LoraNetwork network, LoraTargets targets) {
    boolean numbered = network == LoraNetwork.TEXT_ENCODER && targets.hasTwoTextEncoders();
    return network.kohyaPrefixes().get(numbered ? 1 : 0);
  }

  private static String json(Map<String, Object> config) throws JsonProcessingException {
    return JSON.writeValueAsString(config);
  }
}
