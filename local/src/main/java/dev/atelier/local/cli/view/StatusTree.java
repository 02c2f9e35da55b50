package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.workstation.Condition;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A resource with its run, the stages of the run, and their pods. */
public final class StatusTree {

  /** Titles of the stages of a run, in their order. */
  private static final Map<String, List<String>> STAGES =
      Map.of(
          "HeadshotModel", List.of("Intake", "Train", "Evaluate"),
          "GenerationJob", List.of("Sample"),
          "VideoGenerator", List.of("PrepareVideo", "Train", "Evaluate"));

  /** The condition that a finished stage leaves. */
  private static final Map<String, String> CONDITIONS =
      Map.of(
          "Intake", "DatasetReady",
          "PrepareVideo", "DatasetReady",
          "Train", "Trained",
          "Evaluate", "Evaluated",
          "Sample", "Complete");

  private final Terminal terminal;
  private final ProgressText progress;
  private final List<Resource> jobs;
  private final List<Resource> pods;
  private final Instant now;

  /**
   * @param jobs of any resource; those of this one are shown, as are their pods
   */
  public StatusTree(Terminal terminal, List<Resource> jobs, List<Resource> pods, Instant now) {
    this.terminal = terminal;
    // What branches take away is not left for the bar.
    this.progress = new ProgressText(terminal);
    this.jobs = jobs;
    this.pods = pods;
    this.now = now;
  }

  /** The lines. */
  public List<String> of(Resource resource) {
    var outcome = Outcome.of(resource);
    var branches = new ArrayList<Tree>();
    var run = resource.status().path("run");
    if (run.isObject()) {
      branches.add(new Tree(run(run), stages(resource, outcome)));
    }
    erasures(resource).forEach(branches::add);
    files(resource).map(Tree::leaf).ifPresent(branches::add);
    usage(resource.status().path("usage")).map(Tree::leaf).ifPresent(branches::add);
    var title = Signs.of(outcome, terminal) + " " + terminal.paint(Colour.STRONG, resource.title());
    return new Tree(title + "  " + told(resource), branches)
        .lines(terminal).stream().map(this::fit).toList();
  }

  /** Escape sequences would be counted and cut; lines with colours are left to the terminal. */
  private String fit(String line) {
    return line.indexOf('\u001b') < 0 ? terminal.fit(line) : line;
  }

  private String run(JsonNode run) {
    var text = "run %s, attempt %d".formatted(run.path("id").asText(), run.path("attempt").asInt());
    var adjusted = run.path("adjustments");
    return text
        + (adjusted.isEmpty() ? "" : " with " + String.join(", ", texts(adjusted)))
        + Condition.time(run.path("startedAt").asText())
            .map(at -> ", started %s ago".formatted(age(at)))
            .orElse("");
  }

  private List<Tree> stages(Resource resource, Outcome outcome) {
    var current = resource.status().path("run").path("stage").asText();
    var stages = STAGES.getOrDefault(resource.kind(), List.of());
    var trees = new ArrayList<Tree>();
    boolean reached = false;
    for (var stage : stages) {
      boolean here = stage.equals(current);
      var state = reached ? Outcome.WAITING : here ? outcome : Outcome.DONE;
      reached |= here;
      var words = here && !outcome.isFinal() ? running(resource, stage) : said(resource, stage);
      var below = new ArrayList<>(podsOf(resource, stage));
      if (here) {
        RetriesText.of(resource.status().path("run"), now).map(Tree::leaf).ifPresent(below::add);
      }
      trees.add(
          new Tree(
              "%s %-9s %s".formatted(Signs.of(state, terminal), stage, words).stripTrailing(),
              below));
    }
    return trees;
  }

  private String running(Resource resource, String stage) {
    var seen = resource.status().path("progress");
    return ProgressText.counts(seen) && seen.path("stage").asText().equals(stage)
        ? progress.of(seen)
        : told(resource);
  }

  private static String said(Resource resource, String stage) {
    return resource
        .condition(CONDITIONS.getOrDefault(stage, ""))
        .map(Condition::message)
        .flatMap(message -> message.lines().findFirst())
        .orElse("");
  }

  private Stream<Tree> erasures(Resource resource) {
    var erasing = podsOf(resource, "Erase");
    return erasing.isEmpty()
        ? Stream.empty()
        : Stream.of(new Tree(terminal.glyph(Glyph.RUNNING) + " Erase", erasing));
  }

  private List<Tree> podsOf(Resource resource, String stage) {
    var run = resource.status().path("run").path("id").asText();
    var owned =
        jobs.stream()
            .filter(job -> job.ownedBy(resource))
            .filter(
                job ->
                    job.label("app.kubernetes.io/component").equals(stage.toLowerCase(Locale.ROOT)))
            .filter(job -> job.label("atelier.dev/run").equals(run))
            .toList();
    return pods.stream()
        .filter(pod -> owned.stream().anyMatch(pod::ownedBy))
        .sorted(Comparator.comparing(pod -> pod.created().orElse(Instant.EPOCH)))
        .map(pod -> Tree.leaf(pod(pod)))
        .toList();
  }

  private String pod(Resource pod) {
    var words = new ArrayList<String>();
    words.add("pod " + pod.name());
    words.add(pod.status().path("phase").asText("Pending"));
    var container = pod.status().path("containerStatuses").path(0).path("state");
    var waiting = container.path("waiting").path("reason").asText();
    if (!waiting.isEmpty()) {
      words.add(waiting);
    }
    if (container.path("terminated").hasNonNull("exitCode")) {
      words.add("exit code " + container.path("terminated").path("exitCode").asInt());
    }
    var node = pod.body().path("spec").path("nodeName").asText();
    if (!node.isEmpty()) {
      words.add("on " + node);
    }
    pod.created().map(this::age).ifPresent(words::add);
    return String.join(", ", words);
  }

  private static Optional<String> files(Resource resource) {
    var names =
        Resource.stream(resource.status().path("artifacts"))
            .map(artifact -> artifact.path("name").asText())
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of("files: " + String.join(", ", names));
  }

  private static Optional<String> usage(JsonNode usage) {
    long seconds = usage.path("gpuSeconds").asLong();
    if (seconds == 0) {
      return Optional.empty();
    }
    var cost = usage.path("cost");
    return Optional.of(
        "used: %s of GPUs%s"
            .formatted(
                Durations.words(Duration.ofSeconds(seconds)),
                cost.isObject()
                    ? ", %s %s"
                        .formatted(cost.path("amount").asText(), cost.path("currency").asText())
                    : ""));
  }

  private static String told(Resource resource) {
    return resource
        .condition("Ready")
        .map(
            ready -> ready.reason() + ready.hint().lines().findFirst().map(": "::concat).orElse(""))
        .orElse("not looked at yet");
  }

  private String age(Instant since) {
    return Durations.age(Duration.between(since, now));
  }

  private static List<String> texts(JsonNode list) {
    return Resource.stream(list).map(JsonNode::asText).toList();
  }
}
