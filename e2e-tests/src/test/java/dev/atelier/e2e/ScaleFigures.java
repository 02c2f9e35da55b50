package dev.atelier.e2e;

import dev.atelier.e2e.AuditLog.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the API server's own log tells of a run with many models.
 *
 * @param user who made the models
 * @param nodes who told of pods
 * @param operator what it wrote
 */
record ScaleFigures(List<Call> user, List<Call> nodes, List<Call> operator) {

  private static final int NAME = "m-00000".length();

  /** From the first model's creation to the last one's Job. */
  double modelsPerSecond() {
    var first =
        created(user, "headshotmodels").stream()
            .map(Call::received)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    var jobs = firstJobs();
    var last = jobs.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    return 1000.0 * jobs.size() / Duration.between(first, last).toMillis();
  }

  /** From the answer to whoever created the model to the answer to whoever created its Job. */
  String untilJob() {
    var jobs = firstJobs();
    return told(
        created(user, "headshotmodels").stream()
            .map(call -> Duration.between(call.answered(), jobs.get(call.name())))
            .toList());
  }

  /** From the news of a pod to the first status of its model after it. */
  String untilStatus() {
    var statuses =
        operator.stream()
            .filter(call -> call.resource().equals("headshotmodels"))
            .filter(call -> call.subresource().equals("status"))
            .collect(Collectors.groupingBy(Call::name));
    var waits = new ArrayList<Duration>();
    for (var news : nodes) {
      answer(statuses.getOrDefault(model(news), List.of()), news.answered()).ifPresent(waits::add);
    }
    return told(waits);
  }

  /** Writes of the operator, its events included. */
  double writesPerModel(int models) {
    return (double) operator.size() / models;
  }

  /** Jobs that were created more than once. */
  List<String> duplicates() {
    return created(operator, "jobs").stream()
        .collect(Collectors.groupingBy(Call::name, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(job -> job.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, Instant> firstJobs() {
    return created(operator, "jobs").stream()
        .filter(call -> call.name().contains("-intake-"))
        .collect(Collectors.toMap(ScaleFigures::model, Call::answered, (first, later) -> first));
  }

  private static Optional<Duration> answer(List<Call> statuses, Instant news) {
    return statuses.stream()
        .map(Call::answered)
        .filter(at -> at.isAfter(news))
        .min(Comparator.naturalOrder())
        .map(at -> Duration.between(news, at));
  }

  private static List<Call> created(List<Call> calls, String resource) {
    return calls.stream()
        .filter(call -> call.resource().equals(resource) && call.subresource().isEmpty())
        .filter(call -> call.code() == 201)
        .toList();
  }

  private static String model(Call child) {
    return child.name().substring(0, NAME);
  }

  private static String told(List<Duration> waits) {
    var sorted = waits.stream().sorted().toList();
    return "%.2f s, %.2f s"
        .formatted(
            sorted.get(sorted.size() / 2).toMillis() / 1000.0,
            sorted.get(sorted.size() * 99 / 100).toMillis() / 1000.0);
  }
}
