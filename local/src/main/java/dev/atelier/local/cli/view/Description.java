package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.workstation.Condition;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.VolumePaths;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What {@code describe} says about a resource. */
public final class Description {

  private final Terminal terminal;
  private final VolumePaths volumes;
  private final Path here;
  private final Instant now;

  /**
   * @param here folder that shown paths are relative to
   * @param now what ages are counted to
   */
  public Description(Terminal terminal, VolumePaths volumes, Path here, Instant now) {
    this.terminal = terminal;
    this.volumes = volumes;
    this.here = here;
    this.now = now;
  }

  /**
   * The text.
   *
   * @param events of any resource; those of this one are shown
   */
  public String of(Resource resource, List<Resource> events) {
    var status = resource.status();
    var section = new Section(terminal);
    section.line(terminal.paint(Colour.STRONG, resource.title()) + "  " + ageOf(resource));
    section.part("conditions", conditions(resource));
    section.part("run", run(status.path("run")));
    var dataset = DatasetView.of(resource);
    section.part(dataset.noun(), dataset.usable());
    section.part(dataset.noun() + " not used", dataset.rejected());
    section.part("samples", fields(status.path("samples")));
    section.part("progress", progress(status.path("progress")));
    section.part("checkpoints judged", Rounds.table(resource));
    section.part("metrics", Metrics.table(resource));
    section.part("files", files(resource));
    section.part("usage", usage(status.path("usage")));
    section.part("events", events(resource, events));
    return section.text();
  }

  private String ageOf(Resource resource) {
    var age = resource.created().map(this::age).map(a -> ", " + a + " old").orElse("");
    return "generation " + resource.generation() + age;
  }

  private TextTable conditions(Resource resource) {
    var table = new TextTable();
    for (var condition : resource.conditions()) {
      table.row(
          condition.type(),
          condition.status(),
          condition.since().map(this::age).orElse(""),
          condition.reason(),
          condition.hint().replace('\n', ' '));
    }
    return table;
  }

  private TextTable run(JsonNode run) {
    var table = new TextTable();
    if (run.isObject()) {
      table.row("id", run.path("id").asText());
      table.row("attempt", run.path("attempt").asText());
      table.row("stage", run.path("stage").asText());
      RetriesText.of(run, now).ifPresent(text -> table.row("tries", text));
    }
    return table;
  }

  private static TextTable fields(JsonNode object) {
    var table = new TextTable();
    object.properties().forEach(field -> table.row(field.getKey(), field.getValue().asText()));
    return table;
  }

  private TextTable progress(JsonNode progress) {
    var table = new TextTable();
    if (progress.path("totalSteps").asInt() > 0) {
      table.row(
          progress.path("stage").asText(),
          "step %d of %d"
              .formatted(progress.path("step").asInt(), progress.path("totalSteps").asInt()),
          progress.path("percent").asInt() + " %",
          seen(progress));
    }
    progress
        .path("metrics")
        .forEach(m -> table.row(m.path("name").asText(), m.path("value").asText()));
    return table;
  }

  private String seen(JsonNode progress) {
    return parse(progress.path("updatedAt")).map(t -> "seen " + age(t) + " ago").orElse("");
  }

  private List<String> files(Resource resource) {
    var table = new TextTable();
    for (var artifact : Artifact.of(resource, volumes)) {
      table.row(artifact.name(), artifact.place(here), artifact.size());
    }
    return table.lines(Terminal.PLAIN);
  }

  private static TextTable usage(JsonNode usage) {
    var table = new TextTable();
    if (usage.path("gpuSeconds").asLong() > 0) {
      table.row("GPU", Durations.words(Duration.ofSeconds(usage.path("gpuSeconds").asLong())));
    }
    var cost = usage.path("cost");
    if (cost.isObject()) {
      table.row("cost", cost.path("amount").asText() + " " + cost.path("currency").asText());
    }
    return table;
  }

  private TextTable events(Resource resource, List<Resource> events) {
    var table = new TextTable();
    events.stream()
        .filter(event -> about(event, resource))
        .sorted(Comparator.comparing(event -> when(event).orElse(Instant.EPOCH)))
        .forEach(
            event ->
                table.row(
                    when(event).map(this::age).orElse(""),
                    event.body().path("type").asText(),
                    event.body().path("reason").asText(),
                    event.body().path("message").asText(event.body().path("note").asText())));
    return table;
  }

  private static boolean about(Resource event, Resource resource) {
    var object =
        event.body().has("regarding")
            ? event.body().path("regarding")
            : event.body().path("involvedObject");
    return object.path("kind").asText().equals(resource.kind())
        && object.path("name").asText().equals(resource.name());
  }

  private static Optional<Instant> when(Resource event) {
    return parse(event.body().path("lastTimestamp"))
        .or(() -> parse(event.body().path("eventTime")))
        .or(event::created);
  }

  private static Optional<Instant> parse(JsonNode node) {
    return Condition.time(node.asText());
  }

  private String age(Instant since) {
    return Durations.age(Duration.between(since, now));
  }
}
