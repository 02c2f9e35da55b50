package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** helm itself on the charts; needs helm, or Go to build it. */
class RenderedChartTest {

  /** helm writes 64 where the generator writes 64.0. */
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  @TestFactory
  Stream<DynamicTest> everyExampleRendersToItsGoldenFile() {
    return examples(
        (chart, example) -> {
          var rendered =
              chart == Chart.ATELIER
                  ? chart.render(example, "--set", "crds.install=false")
                  : chart.render(example);
          assertThat(rendered.exit()).as(rendered.text()).isZero();
          Golden.same(chart.golden(example), rendered.text());
        });
  }

  @TestFactory
  Stream<DynamicTest> lintHasNothingToSay() {
    return examples(
        (chart, example) -> {
          var lint =
              chart.helm(
                  List.of(
                      "lint",
                      "--strict",
                      "--kube-version",
                      "1.34.0",
                      ".",
                      "--values",
                      "ci/" + example + "-values.yaml"));
          assertThat(lint.exit()).as(lint.text()).isZero();
          assertThat(lint.text()).doesNotContain("[WARNING]", "[ERROR]");
        });
  }

  @Test
  void theCrdsAreTheGeneratedOnesAndStayWhenTheReleaseGoes() {
    var rendered = crds();
    try (var files = Files.list(Chart.ATELIER.file("files/crds"))) {
      var generated = files.sorted().toList();
      assertThat(generated).hasSize(4);
      for (var file : generated) {
        var expected = Chart.documents(file).get(0);
        var name = expected.at("/metadata/name").asText();
        var crd =
            rendered.stream()
                .filter(one -> one.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(crd.get("spec").equals(BY_VALUE, expected.get("spec"))).as(name).isTrue();
        assertThat(crd.at("/metadata/annotations/helm.sh~1resource-policy").asText())
            .isEqualTo("keep");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whoeverDoesNotWantToKeepTheCrdsSaysSo() {
    assertThat(crds("--set", "crds.keep=false"))
        .hasSize(4)
        .allSatisfy(crd -> assertThat(crd.at("/metadata/annotations").isMissingNode()).isTrue());
  }

  private static List<JsonNode> crds(String... more) {
    var rendered =
        Chart.ATELIER.render(
            "default",
            Stream.concat(Stream.of("--show-only", "templates/crds.yaml"), Stream.of(more))
                .toArray(String[]::new));
    assertThat(rendered.exit()).as(rendered.text()).isZero();
    return Chart.documents(rendered.text());
  }

  private interface Check {
    void on(Chart chart, String example);
  }

  private static Stream<DynamicTest> examples(Check check) {
    Tools.helm();
    return Chart.ALL.stream()
        .flatMap(
            chart ->
                chart.examples().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                chart.name() + " " + example, () -> check.on(chart, example))));
  }
}
