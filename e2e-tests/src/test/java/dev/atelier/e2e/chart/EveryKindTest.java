package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.admission.Admission;
import dev.atelier.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done around the operator for one kind of run, or one stage, is done for all of them. */
class EveryKindTest {

  private static final Path HELM = Path.of("../helm");
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern STAGES_BY_NAME = Pattern.compile("\\.\\+-\\(([a-z|]+)\\)-\\.\\+");
  private static final Pattern KINDS_BY_NAME = Pattern.compile("\\bheadshotmodels(,[a-z]+)*\\b");

  @ParameterizedTest
  @ValueSource(strings = {"files/rules/alerts.yaml", "files/dashboards/runs.json"})
  void whereJobsAndPodsAreKnownByTheirNamesEveryStageIs(String file) {
    var stages = Arrays.stream(Stage.values()).map(Stage::slug).collect(Collectors.toSet());
    // That an erasure fails is told by its age, not by its tries; what serves is no Job.
    var tried = new HashSet<>(stages);
    tried.remove(Stage.ERASE.slug());
    tried.remove(Stage.SERVE.slug());
    assertThat(STAGES_BY_NAME.matcher(read(Chart.ATELIER.file(file))).results())
        .isNotEmpty()
        .allSatisfy(found -> assertThat(names(found.group(1), "\\|")).isIn(stages, tried));
  }

  @Test
  void aPodsMetricsSayWhichResourceItComputesFor() {
    var relabelled =
        Chart.ATELIER.objects("monitoring").stream()
            .filter(object -> object.path("kind").asText().equals("PodMonitor"))
            .flatMap(monitor -> list(monitor.at("/spec/podMetricsEndpoints/0/relabelings")))
            .map(rule -> rule.path("targetLabel").asText());
    assertThat(relabelled)
        .containsAll(
            RunKind.all().stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList());
  }

  @Test
  void argoCdsExamplesLeaveToEachKindWhatItsActionsChange() {
    var changed =
        RunKind.all().stream().collect(Collectors.toMap(RunKind::name, RunKind::pointers));
    assertThat(
            Stream.of("applications.yaml", "applicationset.yaml")
                .map(file -> HELM.resolve("argocd/examples").resolve(file))
                .flatMap(file -> Chart.documents(file).stream())
                .flatMap(document -> document.findValues("ignoreDifferences").stream()))
        .hasSize(2)
        .allSatisfy(
            ignored ->
                assertThat(
                        list(ignored)
                            .collect(
                                Collectors.toMap(
                                    rule -> rule.path("kind").asText(),
                                    rule -> texts(rule.path("jsonPointers")))))
                    .isEqualTo(changed));
  }

  @Test
  void runbooksLookAtEveryKindThatCanBeInTrouble() throws IOException {
    try (var pages = Files.list(DOCS.resolve("runbooks"))) {
      var lists =
          pages
              .flatMap(page -> KINDS_BY_NAME.matcher(read(page)).results())
              .map(found -> names(found.group(), ","))
              .toList();
      assertThat(lists)
          .hasSizeGreaterThan(4)
          .allSatisfy(kinds -> assertThat(plurals()).containsAll(kinds))
          .allSatisfy(kinds -> assertThat(kinds).contains("videogenerators"));
    }
  }

  @Test
  void nothingIsLeftBehindWithAFinalizerThatNobodyHonours() {
    var deleted =
        Pattern.compile("kubectl delete ([a-z,]+) --all -A")
            .matcher(read(DOCS.resolve("install.md")))
            .results()
            .map(found -> names(found.group(1), ","));
    assertThat(deleted).containsExactly(plurals());
  }

  @Test
  void theCatalogueShowsAnExampleOfEachDefinition() {
    var annotations = Chart.documents(Chart.ATELIER.file("Chart.yaml")).get(0).path("annotations");
    var admission = Admission.strict();
    var examples = items(annotations.path("artifacthub.io/crdsExamples"));
    assertThat(examples)
        .isNotEmpty()
        .allSatisfy(
            example ->
                assertThat(admission.admit(example, null).errors()).as("%s", example).isEmpty());
    assertThat(examples.stream().map(example -> example.path("kind")))
        .containsExactlyInAnyOrderElementsOf(
            items(annotations.path("artifacthub.io/crds")).stream()
                .map(definition -> definition.path("kind"))
                .toList());
  }

  /**
   * A resource that runs something, and that can therefore be suspended.
   *
   * @param pointers what Argo CD's actions change in it
   */
  private record RunKind(String name, String plural, Set<String> pointers) {

    private static final List<String> CHANGED = List.of("suspend", "runNonce");

    static List<RunKind> all() {
      try (var files = Files.list(Chart.ATELIER.file("files/crds"))) {
        return files
            .map(file -> of(Chart.documents(file).get(0)))
            .filter(kind -> !kind.pointers().isEmpty())
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static RunKind of(JsonNode definition) {
      var fields =
          definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
      return new RunKind(
          definition.at("/spec/names/kind").asText(),
          definition.at("/spec/names/plural").asText(),
          CHANGED.stream()
              .filter(fields::has)
              .map("/spec/%s"::formatted)
              .collect(Collectors.toSet()));
    }
  }

  private static Set<String> plurals() {
    return RunKind.all().stream().map(RunKind::plural).collect(Collectors.toSet());
  }

  private static Set<String> names(String text, String separator) {
    return Set.of(text.split(separator));
  }

  private static Set<String> texts(JsonNode list) {
    return list(list).map(JsonNode::asText).collect(Collectors.toSet());
  }

  private static Stream<JsonNode> list(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  private static List<JsonNode> items(JsonNode yaml) {
    return list(Chart.documents("items:\n" + yaml.asText()).get(0).path("items")).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
