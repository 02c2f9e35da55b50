package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values: every one is described, in the schema, and refused when it is wrong. */
class ChartValuesTest {

  @ParameterizedTest(name = "--set {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          replicas=3                         | additional properties 'replicas' not allowed
          image.tags=0.1.0                   | at '/image': additional properties 'tags' not allowed
          image.digest=0.1.0                 | at '/image/digest': '0.1.0' does not match pattern '^(sha256:[a-f0-9]{64})?$'
          replicaCount=two                   | at '/replicaCount': got string, want integer
          replicaCount=-1                    | at '/replicaCount': minimum: got -1, want 0
          operator.logLevel=verbose          | at '/operator/logLevel': value must be one of 'trace', 'debug', 'info', 'warn', 'error'
          operator.concurrency=0             | at '/operator/concurrency': minimum: got 0, want 1
          operator.extraEnv[0].name=ATELIER_NAMESPACES | at '/operator/extraEnv/0/name': 'not' failed
          watchNamespaces[0]=Studio          | at '/watchNamespaces/0': 'Studio' does not match pattern
          watchNamespaces=studio             | at '/watchNamespaces': got string, want array
          crds.keep=maybe                    | at '/crds/keep': got string, want boolean
          runAsUser=0                        | at '/runAsUser': minimum: got 0, want 1
          serviceMonitor.interval=often      | at '/serviceMonitor/interval': 'often' does not match pattern
          networkPolicy.apiServerCidrs[0]=api | at '/networkPolicy/apiServerCidrs/0': 'api' does not match pattern
          podLabels.app\\.kubernetes\\.io/managed-by=atelier | invalid propertyName 'app.kubernetes.io/managed-by'
          networkPolicy.stages.scrapeNamespaces[0]=Prometheus | at '/networkPolicy/stages/scrapeNamespaces/0': 'Prometheus' does not match pattern
          service.port=70000                 | at '/service/port': maximum: got 70,000, want 65,535
          """)
  void aWrongValueIsRefusedByItsName(String setting, String message) {
    var rendered = Chart.ATELIER.render("default", "--set", setting);
    assertThat(rendered.exit()).isNotZero();
    assertThat(rendered.text()).contains(message);
  }

  @ParameterizedTest(name = "--set {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          runtimes.SD15.storage.pvc.claimName=a | 'SD15' does not match pattern
          runtimes.sd15.modell=x             | additional properties 'modell' not allowed
          runtimes.sd15.precision=Float8     | at '/runtimes/sd15/precision': value must be one of 'Float32', 'BFloat16', 'Float16'
          runtimes.sd15.storage.pvc.claimName=a | missing property 'model'
          """)
  void aWrongRuntimeIsRefusedByItsName(String setting, String message) {
    var rendered = Chart.RUNTIMES.render("default", "--set", setting);
    assertThat(rendered.exit()).isNotZero();
    assertThat(rendered.text()).contains(message);
  }

  @Test
  void anAccountThatIsNotCreatedMustBeNamed() {
    assertThat(Chart.ATELIER.render("default", "--set", "serviceAccount.create=false").text())
        .contains(
            "serviceAccount.create is false; name an existing account in serviceAccount.name");
  }

  @Test
  void aMonitorThatThePoliciesOfStagesWouldBlindIsRefused() {
    assertThat(Chart.ATELIER.render("default", "--set", "podMonitor.enabled=true").text())
        .contains("name the namespace of Prometheus in networkPolicy.stages.scrapeNamespaces");
  }

  @TestFactory
  Stream<DynamicTest> everyValueIsDescribedAndInTheSchema() {
    return Chart.ALL.stream()
        .map(
            chart ->
                DynamicTest.dynamicTest(
                    chart.name(),
                    () -> {
                      var table = ValuesTable.of(chart.file("values.yaml"));
                      var described = new TreeSet<>(table.keys());
                      assertThat(described).isNotEmpty();
                      assertThat(described).isEqualTo(inSchema(chart));
                    }));
  }

  /** Paths of the schema's leaves: objects whose fields are free count as one. */
  private static TreeSet<String> inSchema(Chart chart) throws IOException {
    var schema = new ObjectMapper().readTree(chart.file("values.schema.json").toFile());
    var leaves = new TreeSet<String>();
    leaves(schema, "", leaves);
    leaves.remove("global");
    // Quantities below these are the value itself.
    if (leaves.removeIf(path -> path.startsWith("resources."))) {
      leaves.add("resources");
    }
    return leaves;
  }

  private static void leaves(JsonNode schema, String path, TreeSet<String> into) {
    var fields = schema.path("properties");
    if (fields.isEmpty()) {
      into.add(path);
      return;
    }
    for (var field : fields.properties()) {
      leaves(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), into);
    }
  }

  @TestFactory
  Stream<DynamicTest> theReadmesTableIsMadeFromTheValues() {
    return Chart.ALL.stream()
        .map(
            chart ->
                DynamicTest.dynamicTest(
                    chart.name(),
                    () -> {
                      var readme = chart.file("README.md");
                      Golden.same(readme, ValuesTable.of(chart.file("values.yaml")).inside(readme));
                    }));
  }

  @Test
  void theChartsAreOfTheVersionOfTheBuild() {
    var versions =
        Chart.ALL.stream()
            .map(chart -> Chart.documents(chart.file("Chart.yaml")).get(0))
            .flatMap(
                chart ->
                    List.of(chart.path("version").asText(), chart.path("appVersion").asText())
                        .stream())
            .distinct();
    assertThat(versions).containsExactly(Chart.versionOfTheBuild());
  }
}
