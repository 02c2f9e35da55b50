package dev.atelier.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.operator.metrics.OperatorMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The pages of the reference that the operator's code writes. */
class ReferencePagesTest {

  private static final Path REFERENCE = Path.of("../docs/reference");
  private static final String REGENERATE =
      "mvn -pl operator -am test -Dtest=ReferencePagesTest -Dsurefire.failIfNoSpecifiedTests=false -Datelier.regenerate=true";

  private static final String METRICS =
      """
      # Metrics of the operator

      On `GET :8080/metrics`. Generated from `OperatorMetric`. No metric has a label per resource, so their number does not grow with the resources.
      A histogram `x_seconds` has `x_seconds_bucket{le}`, `x_seconds_sum` and `x_seconds_count`, and the gauge `x_seconds_max` of the last minutes. Labels: `kind` is the resource's kind, `stage` is Intake, Train, Evaluate, Sample or Erase.
      `result` is `Succeeded` or a [reason](reasons.md).

      | metric | type | labels | what it tells |
      |---|---|---|---|
      %s
      The Java operator SDK adds `operator_sdk_*`: reconciliations started, succeeded, failed and retried, events received, and the time of each controller's reconciliations, by group, version and kind.
      """;

  private static final String ENVIRONMENT =
      """
      # Environment variables of the operator

      Generated from `OperatorVariable`. The Helm chart sets them from its values. A value that cannot be read ends the operator with a message that says what to write.

      | variable | default | what it sets |
      |---|---|---|
      %s
      Where the API server is, the operator learns as `kubectl` does: from the service account of its pod, else from `KUBECONFIG`.
      """;

  @Test
  void thePageOfMetricsIsWhatTheCodeSays() throws IOException {
    var rows =
        Arrays.stream(OperatorMetric.values())
            .map(
                metric ->
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(
                            metric.prometheusName(),
                            metric.kind().name().toLowerCase(Locale.ROOT),
                            metric.labels().stream()
                                .map("`%s`"::formatted)
                                .collect(Collectors.joining(", ")),
                            metric.meaning()))
            .collect(Collectors.joining());
    same("metrics.md", METRICS.formatted(rows));
  }

  @Test
  void thePageOfEnvironmentVariablesIsWhatTheCodeSays() throws IOException {
    var rows =
        Arrays.stream(OperatorVariable.values())
            .map(
                variable ->
                    "| `%s` | %s | %s |\n"
                        .formatted(
                            variable.variable(),
                            variable.standard().isEmpty()
                                ? ""
                                : "`%s`".formatted(variable.standard()),
                            variable.meaning()))
            .collect(Collectors.joining());
    same("environment.md", ENVIRONMENT.formatted(rows));
  }

  private static void same(String page, String text) throws IOException {
    var file = REFERENCE.resolve(page);
    if (Boolean.getBoolean("atelier.regenerate")) {
      Files.createDirectories(REFERENCE);
      Files.writeString(file, text);
    }
    assertThat(file).as("regenerate with: %s", REGENERATE).content().isEqualTo(text);
  }
}
