package dev.atelier.runtime.model.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an adapter's change is multiplied with, as PEFT's configuration says: alpha / rank, or alpha
 * / sqrt(rank) where it is rank-stabilised (Kalajdzievski 2023). Without a word alpha is the rank.
 */
record LoraScales(JsonNode config) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** From the header of a diffusers file, whose fields start with the network's name. */
  static LoraScales ofHeader(Map<String, String> header, LoraNetwork network) {
    String text = header.getOrDefault("lora_adapter_metadata", "{}");
    String prefix = network.field() + ".";
    ObjectNode own = JSON.createObjectNode();
    try {
      for (Iterator<Map.Entry<String, JsonNode>> i = JSON.readTree(text).fields(); i.hasNext(); ) {
        Map.Entry<String, JsonNode> field = i.next();
        if (field.getKey().startsWith(prefix)) {
          own.set(field.getKey().substring(prefix.length()), field.getValue());
        }
      }
    } catch (JsonProcessingException e) {
      throw new LoraException("its lora_adapter_metadata is not JSON: " + e.getOriginalMessage());
    }
    return new LoraScales(own).checked();
  }

  LoraScales checked() {
    if (config.path("use_dora").asBoolean(false)) {
      throw new LoraException("its configuration asks for DoRA, which is not supported");
    }
    return this;
  }

  double scale(String layer, long rank) {
    double alpha = config.path("lora_alpha").asDouble(rank);
    for (Iterator<Map.Entry<String, JsonNode>> i = config.path("alpha_pattern").fields();
        i.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = i.next();
      if (Pattern.matches("(.*\\.)?(" + entry.getKey() + ")", layer)) {
        alpha = entry.getValue().asDouble();
        break;
      }
    }
    return config.path("use_rslora").asBoolean(false) ? alpha / Math.sqrt(rank) : alpha / rank;
  }
}
