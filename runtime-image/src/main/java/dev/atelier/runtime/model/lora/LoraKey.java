package dev.atelier.runtime.model.lora;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a tensor of an adapter file is.
 *
 * @param layer the layer's diffusers name
 */
record LoraKey(LoraNetwork network, String layer, Part part) {

  /** The tensors that describe one adapter. */
  enum Part {
    DOWN,
    UP,
    ALPHA
  }

  /** The ends of names, longest first where one ends in another. */
  private static final Map<String, Part> ENDS = new LinkedHashMap<>();

  static {
    ENDS.put(".lora_linear_layer.down.weight", Part.DOWN);
    ENDS.put(".lora_linear_layer.up.weight", Part.UP);
    ENDS.put(".lora.down.weight", Part.DOWN);
    ENDS.put(".lora.up.weight", Part.UP);
    ENDS.put("_lora.down.weight", Part.DOWN);
    ENDS.put("_lora.up.weight", Part.UP);
    ENDS.put(".lora_down.weight", Part.DOWN);
    ENDS.put(".lora_up.weight", Part.UP);
    ENDS.put(".lora_A.default.weight", Part.DOWN);
    ENDS.put(".lora_B.default.weight", Part.UP);
    ENDS.put(".lora_A.weight", Part.DOWN);
    ENDS.put(".lora_B.weight", Part.UP);
    ENDS.put(".alpha", Part.ALPHA);
  }

  /** Marks of methods that are related to LoRA but are not it. */
  private static final Map<String, String> RELATED =
      Map.of(
          "dora_scale", "DoRA",
          "lora_magnitude_vector", "DoRA",
          "hada_", "LoHa",
          "lokr_", "LoKr",
          "oft_", "OFT",
          "lora_mid", "LoCon with a middle factor");

  private static final String PEFT = "base_model.model.";

  /** Attention layers by the names that diffusers gave their adapters before version 0.19. */
  private static final Map<String, String> PROCESSORS =
      Map.of(
          ".self_attn.to_q", ".self_attn.q_proj",
          ".self_attn.to_k", ".self_attn.k_proj",
          ".self_attn.to_v", ".self_attn.v_proj",
          ".self_attn.to_out", ".self_attn.out_proj");

  /**
   * Reads a tensor's name.
   *
   * @throws LoraException if it is no part of an adapter of this model
   */
  static LoraKey of(String name, LoraTargets targets) {
    String end =
        ENDS.keySet().stream().filter(name::endsWith).findFirst().orElseThrow(() -> unknown(name));
    String layer = name.substring(0, name.length() - end.length());
    Part part = Optional.ofNullable(ENDS.get(end)).orElseThrow();
    for (LoraNetwork network : LoraNetwork.values()) {
      for (String prefix : network.kohyaPrefixes()) {
        if (layer.startsWith(prefix)) {
          return new LoraKey(
              network, targets.unflattened(network, layer.substring(prefix.length())), part);
        }
      }
      if (layer.startsWith(network.field() + ".")) {
        String inner = layer.substring(network.field().length() + 1);
        return new LoraKey(network, todaysName(withoutPeft(inner)), part);
      }
    }
    String bare = withoutPeft(layer);
    return Stream.of(LoraNetwork.values())
        .filter(network -> targets.has(network, bare))
        .findFirst()
        .map(network -> new LoraKey(network, bare, part))
        .orElseThrow(() -> unknown(name));
  }

  /** Whether a tensor's name is that of a first factor, of which every adapter has one. */
  static boolean isDown(String name) {
    return ENDS.entrySet().stream()
        .filter(end -> name.endsWith(end.getKey()))
        .findFirst()
        .filter(end -> end.getValue() == Part.DOWN)
        .isPresent();
  }

  private static String withoutPeft(String layer) {
    return layer.startsWith(PEFT) ? layer.substring(PEFT.length()) : layer;
  }

  private static String todaysName(String layer) {
    String today = layer;
    if (layer.contains(".processor.")) {
      today = layer.replace(".processor.", ".");
      today = today.endsWith(".to_out") ? today + ".0" : today;
    }
    for (Map.Entry<String, String> old : PROCESSORS.entrySet()) {
      if (today.endsWith(old.getKey())) {
        today = today.substring(0, today.length() - old.getKey().length()) + old.getValue();
      }
    }
    return today;
  }

  private static LoraException unknown(String name) {
    List<String> related = RELATED.keySet().stream().filter(name::contains).sorted().toList();
    if (!related.isEmpty()) {
      return new LoraException(
          "tensor %s belongs to %s, which is not supported (only LoRA of linear layers and"
                  .formatted(name, RELATED.get(related.get(0)))
              + " convolutions)");
    }
    return new LoraException("tensor " + name + " is no part of an adapter of this model");
  }
}
