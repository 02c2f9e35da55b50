package dev.atelier.operator.generation;

import dev.atelier.api.EvaluationStatus;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.api.MetricValue;
import dev.atelier.operator.job.StageResults;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.TerminationMessage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Adds up what the pods that shared a GenerationJob said. */
record GenerationWords(List<TerminationMessage> all) {

  private static final String NOT_MEASURED = "NotMeasured";

  /** Counts of pictures over all shards. */
  GenerationJobStatus.Samples samples() {
    return new GenerationJobStatus.Samples(
        sum(TerminationMessage.Samples::requested),
        sum(TerminationMessage.Samples::produced),
        sum(TerminationMessage.Samples::blocked),
        sum(TerminationMessage.Samples::failed));
  }

  /** What was measured; with several shards the mean, weighted by the pictures of each. */
  Optional<EvaluationStatus> evaluation() {
    var measured = all.stream().filter(words -> words.evaluation() != null).toList();
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    var first = StageResults.evaluation(Objects.requireNonNull(measured.get(0).evaluation()));
    if (measured.size() == 1) {
      return Optional.of(first);
    }
    boolean failed =
        measured.stream()
            .anyMatch(words -> "Failed".equals(Objects.requireNonNull(words.evaluation()).gate()));
    return Optional.of(
        new EvaluationStatus(
            first.selectedStep(),
            means(measured),
            failed ? EvaluationStatus.Gate.Failed : first.gate(),
            List.of()));
  }

  private static List<MetricValue> means(List<TerminationMessage> measured) {
    Map<String, BigDecimal> sums = new LinkedHashMap<>();
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (var words : measured) {
      int weight = words.samples() == null ? 1 : words.samples().produced();
      for (NamedValue value : Objects.requireNonNull(words.evaluation()).metrics()) {
        weights.putIfAbsent(value.name(), 0);
        if (!value.value().equals(NOT_MEASURED)) {
          weights.merge(value.name(), weight, Integer::sum);
          sums.merge(
              value.name(),
              new BigDecimal(value.value()).multiply(BigDecimal.valueOf(weight)),
              BigDecimal::add);
        }
      }
    }
    return weights.entrySet().stream()
        .map(one -> new MetricValue(one.getKey(), mean(sums.get(one.getKey()), one.getValue())))
        .toList();
  }

  private static String mean(@Nullable BigDecimal sum, int weight) {
    return sum == null || weight == 0
        ? NOT_MEASURED
        : String.format(
            Locale.ROOT, "%.4f", sum.divide(BigDecimal.valueOf(weight), MathContext.DECIMAL64));
  }

  private int sum(ToIntFunction<TerminationMessage.Samples> count) {
    return all.stream()
        .map(TerminationMessage::samples)
        .filter(Objects::nonNull)
        .mapToInt(count)
        .sum();
  }
}
