package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.operator.metrics.OperatorMetric;
import dev.atelier.stage.MetricDescription;
import dev.atelier.stage.StageGauge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Alerts and dashboards: about metrics that exist, each alert with a runbook. */
class AlertsTest {

  private static final Path RULES = Chart.ATELIER.file("files/rules/alerts.yaml");
  private static final Path RUNBOOKS = Path.of("../docs/runbooks");
  private static final Pattern METRIC =
      Pattern.compile("\\b(atelier_[a-z_]+|operator_sdk_[a-z_]+)\\b");

  @Test
  void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
    try (var files = Files.list(RUNBOOKS)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.equals("README.md")))
          .containsExactlyInAnyOrderElementsOf(
              alerts().stream().map(alert -> alert.path("alert").asText() + ".md").toList());
    }
  }

  @Test
  void everyRunbookSaysWhatItMeansHowToLookAndWhatToDo() throws IOException {
    for (var alert : alerts()) {
      var page = Files.readString(RUNBOOKS.resolve(alert.path("alert").asText() + ".md"));
      assertThat(page)
          .startsWith("# " + alert.path("alert").asText() + "\n")
          .contains("## Meaning", "## Look", "## Do", "kubectl");
    }
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhatItIsAbout() {
    assertThat(alerts())
        .hasSizeGreaterThan(8)
        .allSatisfy(
            alert -> {
              assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
              assertThat(alert.at("/annotations/summary").asText()).endsWith(".");
              assertThat(alert.at("/annotations/description").asText()).endsWith(".");
            });
  }

  @Test
  void alertsAndDashboardsAskForMetricsThatAreMeasured() throws IOException {
    var asked = new TreeSet<String>();
    for (var file : filesThatAsk()) {
      METRIC.matcher(Files.readString(file)).results().forEach(one -> asked.add(one.group(1)));
    }
    // Of a regular expression over names only the fixed part is found.
    asked.removeIf(name -> name.endsWith("_"));
    assertThat(asked).hasSizeGreaterThan(6);
    var measured = new TreeSet<>(namesInCode());
    measured.addAll(namesOfARunningOperator());
    assertThat(asked).isSubsetOf(measured);
  }

  @Test
  void everyDashboardCanBeReadByGrafana() throws IOException {
    try (var files = Files.list(Chart.ATELIER.file("files/dashboards"))) {
      for (var file : files.toList()) {
        var dashboard = new ObjectMapper().readTree(file.toFile());
        assertThat(dashboard.path("uid").asText()).startsWith("atelier-");
        var ids = list(dashboard.path("panels")).map(panel -> panel.path("id").asInt()).toList();
        assertThat(ids).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        assertThat(list(dashboard.path("panels")))
            .allSatisfy(
                panel -> {
                  assertThat(panel.path("title").asText()).isNotEmpty();
                  assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                      .isLessThanOrEqualTo(24);
                  assertThat(panel.at("/targets/0/expr").asText()).isNotEmpty();
                });
      }
    }
  }

  @Test
  void promtoolAgrees() {
    var promtool = Tools.promtool().toString();
    var check =
        Tools.run(
            Path.of("../helm/tests"),
            List.of(promtool, "check", "rules", "../atelier/files/rules/alerts.yaml"));
    assertThat(check.exit()).as(check.text()).isZero();
    var test =
        Tools.run(Path.of("../helm/tests"), List.of(promtool, "test", "rules", "alerts_test.yaml"));
    assertThat(test.exit()).as(test.text()).isZero();
  }

  @Test
  void everyAlertIsTriedOnSeries() throws IOException {
    var tests = Files.readString(Path.of("../helm/tests/alerts_test.yaml"));
    assertThat(alerts().stream().map(alert -> alert.path("alert").asText()))
        .allSatisfy(name -> assertThat(tests).contains("alertname: " + name));
  }

  private static List<JsonNode> alerts() {
    return list(Chart.documents(RULES).get(0).path("groups"))
        .flatMap(group -> list(group.path("rules")))
        .filter(rule -> rule.has("alert"))
        .toList();
  }

  private static List<Path> filesThatAsk() throws IOException {
    try (var dashboards = Files.list(Chart.ATELIER.file("files/dashboards"))) {
      return Stream.concat(Stream.of(RULES), dashboards).toList();
    }
  }

  /** Names that our own code registers, as Prometheus writes them. */
  private static Set<String> namesInCode() {
    var names = new TreeSet<String>();
    for (var metric : OperatorMetric.values()) {
      var name = metric.description().prometheusName();
      names.add(name);
      if (metric.description().kind() == MetricDescription.Kind.HISTOGRAM) {
        List.of("_bucket", "_sum", "_count").forEach(suffix -> names.add(name + suffix));
      }
    }
    Stream.of(StageGauge.values()).map(StageGauge::prometheusName).forEach(names::add);
    return names;
  }

  /** What an operator answers under /metrics after it has seen a resource, and failed at one. */
  private static Set<String> namesOfARunningOperator() throws IOException {
    try (var operator = RunningOperator.start()) {
      return operator
          .scrape()
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.replaceAll("[{ ].*", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<JsonNode> list(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }
}
