package dev.atelier.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.operator.metrics.OperatorMetric;
import dev.atelier.stage.MetricDescription;
import dev.atelier.stage.PodVariable;
import dev.atelier.stage.ServeMetric;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageGauge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the reference about metrics and environment variables, as the code has them. */
class ReferencePagesTest {

  private static final Path REPOSITORY = Path.of("..");
  private static final Path REFERENCE = REPOSITORY.resolve("docs/reference");
  private static final Path STAGES =
      REPOSITORY.resolve("runtime-image/src/main/java/dev/atelier/runtime/stage");
  private static final Path TEMPLATES = Path.of("src/test/resources/reference");
  private static final String REGENERATE =
      "mvn -pl operator -am test -Dtest=ReferencePagesTest -Dsurefire.failIfNoSpecifiedTests=false -Datelier.regenerate=true";

  @Test
  void thePageOfMetricsIsWhatTheCodeSays() throws IOException {
    var operator = rows(OperatorMetric.values(), metric -> described(metric.description()));
    var gauges =
        rows(
            StageGauge.values(),
            gauge -> List.of(code(gauge.prometheusName()), codes(gauge.labels()), gauge.meaning()));
    var serving = rows(ServeMetric.values(), metric -> described(metric.description()));
    same(
        "metrics.md",
        Map.of("stages", stages(), "operator", operator, "gauges", gauges, "serving", serving));
  }

  private static List<String> described(MetricDescription metric) {
    return List.of(
        code(metric.prometheusName()),
        metric.kind().type(),
        codes(metric.labels()),
        metric.meaning());
  }

  @Test
  void thePageOfEnvironmentVariablesIsWhatTheCodeSays() throws IOException {
    var operator =
        rows(
            OperatorVariable.values(),
            variable ->
                List.of(code(variable.variable()), code(variable.standard()), variable.meaning()));
    var pods =
        rows(
            PodVariable.values(),
            variable ->
                List.of(
                    code(variable.variable()),
                    code(variable.standard()),
                    variable.writer(),
                    variable.meaning()));
    same("environment.md", Map.of("operator", operator, "pods", pods));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          operator/src/main/java/dev/atelier/operator/job/JobSetManifests.java     | PodVariable.([A-Z_]{3,})
          operator/src/main/java/dev/atelier/operator/job/StagePods.java           | PodVariable.([A-Z_]{3,})
          runtime-image/src/main/java/dev/atelier/runtime/RuntimeSettings.java     | PodVariable.([A-Z_]{3,})
          runtime-image/src/main/java/dev/atelier/runtime/store/S3Credentials.java | "([A-Z_]{3,})"
          runtime-image/pom.xml                                                    | ^ {18}<([A-Z_]{3,})>
          operator/pom.xml                                                         | ^ {18}<([A-Z_]{3,})>
          helm/atelier/templates/deployment.yaml                                   | name: ([A-Z_]{3,})
          local/src/main/java/dev/atelier/local/node/NodeSettings.java             | "([A-Z_]{3,})"
          local/src/main/java/dev/atelier/local/node/PodLauncher.java              | "([A-Z_]{3,})"
          local/src/main/java/dev/atelier/local/cli/CliSettings.java               | "([A-Z_]{3,})"
          atelier                                                                  | \\$\\{?([A-Z_]{4,})
          """)
  void whatIsReadOrSetIsOnThePage(String file, String naming) throws IOException {
    var names =
        Pattern.compile(naming, Pattern.MULTILINE)
            .matcher(Files.readString(REPOSITORY.resolve(file)))
            .results()
            .map(found -> code(variable(found.group(1))))
            .collect(Collectors.toSet());
    assertThat(names).isNotEmpty();
    assertThat(Files.readString(REFERENCE.resolve("environment.md"))).contains(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TrainingProgress", "VideoTrainingProgress"})
  void whatATrainingMeasuresIsOnThePage(String source) throws IOException {
    var names =
        Pattern.compile("new NamedValue\\(\\s*\"(\\w+)\"")
            .matcher(Files.readString(STAGES.resolve(source + ".java")))
            .results()
            .map(found -> code(found.group(1)))
            .collect(Collectors.toSet());
    assertThat(names).hasSizeGreaterThan(2);
    assertThat(Files.readString(REFERENCE.resolve("metrics.md"))).contains(names);
  }

  /** The settings of a pod are read by their names in the contract. */
  private static String variable(String name) {
    return Arrays.stream(PodVariable.values())
        .filter(variable -> variable.name().equals(name))
        .map(PodVariable::variable)
        .findFirst()
        .orElse(name);
  }

  private static String stages() {
    return Arrays.stream(Stage.values()).map(Stage::title).collect(Collectors.joining(", "));
  }

  private static <T> String rows(T[] values, Function<T, List<String>> cells) {
    return Arrays.stream(values)
        .map(value -> "| %s |\n".formatted(String.join(" | ", cells.apply(value))))
        .collect(Collectors.joining());
  }

  private static String codes(List<String> names) {
    return names.stream().map(ReferencePagesTest::code).collect(Collectors.joining(", "));
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`%s`".formatted(text);
  }

  private static void same(String page, Map<String, String> parts) throws IOException {
    var text = Files.readString(TEMPLATES.resolve(page));
    for (var part : parts.entrySet()) {
      text = text.replace("@%s@".formatted(part.getKey()), part.getValue());
    }
    var file = REFERENCE.resolve(page);
    if (Boolean.getBoolean("atelier.regenerate")) {
      Files.createDirectories(REFERENCE);
      Files.writeString(file, text);
    }
    assertThat(file).as("regenerate with: %s", REGENERATE).content().isEqualTo(text);
  }
}
