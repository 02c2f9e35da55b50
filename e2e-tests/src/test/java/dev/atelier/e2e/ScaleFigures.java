package dev.atelier.e2e;

import dev.atelier.e2e.AuditLog.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the API server's own log tells of a run with many models.
 *
 * @param user who made the models
 * @param operator what it wrote
 */
record ScaleFigures(List<Call> user, List<Call> operator) {

  private static final int NAME = "m-00000".length();
  private static final Set<String> CHILDREN =
      Set.of("jobs", "jobsets", "configmaps", "networkpolicies");
  private static final Predicate<Call> STATUS = call -> call.subresource().equals("status");
  private static final Predicate<Call> EVENT = call -> call.resource().equals("events");
  private static final Predicate<Call> CHILD = call -> CHILDREN.contains(call.resource());

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
  String untilStatus(List<Call> pods) {
    var statuses =
        operator.stream()
            .filter(call -> call.resource().equals("headshotmodels"))
            .filter(call -> call.subresource().equals("status"))
            .collect(Collectors.groupingBy(Call::name));
    var waits = new ArrayList<Duration>();
    for (var news : pods) {
      answer(statuses.getOrDefault(model(news), List.of()), news).ifPresent(waits::add);
    }
    return told(waits);
  }

  /** Writes of the operator for a model, by what they are for. */
  String writesPerModel(int models) {
    return "%.1f: status %.1f, children %.1f, events %.1f, finalizer %.1f"
        .formatted(
            1.0 * operator.size() / models,
            1.0 * count(STATUS) / models,
            1.0 * count(CHILD) / models,
            1.0 * count(EVENT) / models,
            otherWritesPerModel(models));
  }

  /** Writes for a model that are no status, child or event: the finalizer, and nothing else. */
  double otherWritesPerModel(int models) {
    return 1.0 * count(STATUS.or(CHILD).or(EVENT).negate()) / models;
  }

  /** How long a write of the operator takes, and how many are under way at a time. */
  String load() {
    var times =
        operator.stream()
            .map(call -> Duration.between(call.received(), call.answered()).toMillis())
            .sorted()
            .toList();
    var began = operator.stream().map(Call::received).min(Comparator.naturalOrder()).orElseThrow();
    var ended = operator.stream().map(Call::answered).max(Comparator.naturalOrder()).orElseThrow();
    return "%d ms, %.1f"
        .formatted(
            times.get(times.size() / 2),
            1.0
                * times.stream().mapToLong(Long::longValue).sum()
                / Duration.between(began, ended).toMillis());
  }

  /** The same up to the last child Job of the first stage. */
  ScaleFigures untilJobs() {
    var last = firstJobs().values().stream().max(Comparator.naturalOrder()).orElseThrow();
    return new ScaleFigures(
        user, operator.stream().filter(call -> !call.answered().isAfter(last)).toList());
  }

  /** Children that were created more than once. */
  static List<String> createdTwice(List<Call> calls) {
    return CHILDREN.stream()
        .flatMap(resource -> created(calls, resource).stream())
        .collect(
            Collectors.groupingBy(
                call -> call.resource() + "/" + call.name(), Collectors.counting()))
        .entrySet()
        .stream()
        .filter(child -> child.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  private long count(Predicate<Call> which) {
    return operator.stream().filter(which).count();
  }

  /**
   * When the operator first knew of each Job: the answer 201, or 200 where an overloaded server had
   * made it after its time was over (504) and the operator asked again.
   */
  private Map<String, Instant> firstJobs() {
    return operator.stream()
        .filter(call -> call.resource().equals("jobs") && call.name().contains("-intake-"))
        .filter(call -> call.code() == 201 || call.code() == 200)
        .collect(Collectors.toMap(ScaleFigures::model, Call::answered, (first, later) -> first));
  }

  /** The operator may be done before the server has told whoever brought the news that it knows. */
  private static Optional<Duration> answer(List<Call> statuses, Call news) {
    return statuses.stream()
        .filter(status -> status.received().isAfter(news.received()))
        .map(Call::answered)
        .min(Comparator.naturalOrder())
        .map(at -> at.isAfter(news.answered()) ? at : news.answered())
        .map(at -> Duration.between(news.answered(), at));
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
