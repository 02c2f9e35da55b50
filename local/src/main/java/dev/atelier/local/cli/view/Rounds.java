package dev.atelier.local.cli.view;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.workstation.Resource;

/** The checkpoints that were judged while training, a row each. */
final class Rounds {

  private Rounds() {}

  static TextTable table(Resource resource) {
    var table = new TextTable();
    for (var round : resource.status().path("evaluation").path("rounds")) {
      table.row("step " + round.path("step").asText(), scores(round), place(round));
    }
    return table;
  }

  private static String scores(JsonNode round) {
    return Resource.stream(round.path("scores"))
        .map(score -> score.path("name").asText() + " " + score.path("value").asText())
        .collect(joining("  "));
  }

  private static String place(JsonNode round) {
    if (round.path("selected").asBoolean()) {
      return "chosen";
    }
    return round.path("front").asBoolean() ? "no other beats it in all" : "";
  }
}
