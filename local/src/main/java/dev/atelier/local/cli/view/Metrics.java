package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.workstation.Resource;

/** The measured values of a resource beside the bounds of its gate. */
final class Metrics {

  private Metrics() {}

  static TextTable table(Resource resource) {
    var table = new TextTable();
    var gate = resource.body().path("spec").path("evaluation").path("gate");
    for (var metric : resource.status().path("evaluation").path("metrics")) {
      var name = metric.path("name").asText();
      table.row(name, metric.path("value").asText(), bound(gate, name));
    }
    return table;
  }

  private static String bound(JsonNode gate, String metric) {
    return Resource.stream(gate)
        .filter(entry -> entry.path("metric").asText().equals(metric))
        .map(Metrics::bound)
        .findFirst()
        .orElse("");
  }

  private static String bound(JsonNode rule) {
    var min = rule.hasNonNull("min") ? rule.path("min").asText() : "";
    var max = rule.hasNonNull("max") ? rule.path("max").asText() : "";
    if (min.isEmpty() && max.isEmpty()) {
      return "gate: the default bound";
    }
    if (max.isEmpty()) {
      return "gate: at least " + min;
    }
    return min.isEmpty() ? "gate: at most " + max : "gate: %s to %s".formatted(min, max);
  }
}
