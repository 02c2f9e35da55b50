package dev.atelier.runtime.model.lora;

import dev.atelier.runtime.model.layer.LowRank;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rank and alpha of a set of adapters: those of most layers, and the layers that differ. */
record LoraShapes(
    long rank,
    double alpha,
    List<String> layers,
    Map<String, Long> otherRanks,
    Map<String, Double> otherAlphas) {

  static LoraShapes of(SortedMap<String, LowRank> adapters) {
    var ranks = new TreeMap<String, Long>();
    var alphas = new TreeMap<String, Double>();
    adapters.forEach(
        (layer, adapter) -> {
          long rank = adapter.down().size(0);
          ranks.put(layer, rank);
          alphas.put(layer, adapter.scale() * rank);
        });
    long rank = mostCommon(ranks.values());
    double alpha = mostCommon(alphas.values());
    ranks.values().removeIf(other -> other == rank);
    alphas.values().removeIf(other -> other == alpha);
    return new LoraShapes(rank, alpha, List.copyOf(adapters.keySet()), ranks, alphas);
  }

  /** The fields of PEFT's LoraConfig. */
  Map<String, Object> peft() {
    var config = new TreeMap<String, Object>();
    config.put("r", rank);
    config.put("lora_alpha", alpha == Math.rint(alpha) ? (Object) (long) alpha : (Object) alpha);
    config.put("target_modules", layers);
    config.put("rank_pattern", otherRanks);
    config.put("alpha_pattern", otherAlphas);
    return config;
  }

  /** The pairs by which programs that read kohya's files describe them. */
  Map<String, String> kohya() {
    return Map.of(
        "ss_network_module",
        "networks.lora",
        "ss_network_dim",
        otherRanks.isEmpty() ? Long.toString(rank) : "Dynamic",
        "ss_network_alpha",
        otherAlphas.isEmpty() ? Double.toString(alpha) : "Dynamic",
        "modelspec.sai_model_spec",
        "1.0.0");
  }

  private static <T extends Comparable<T>> T mostCommon(Collection<T> values) {
    return values.stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.<T, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow(() -> new LoraException("there are no adapters to write"))
        .getKey();
  }
}
