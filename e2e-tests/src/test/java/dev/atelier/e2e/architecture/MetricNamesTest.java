package dev.atelier.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.Metric;
import dev.atelier.runtime.evaluate.LargeModelMetrics;
import dev.atelier.runtime.evaluate.NamedMetrics;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the API names can be measured, and is described. */
class MetricNamesTest {

  private static final Path DOCS = Path.of("../docs");

  @ParameterizedTest
  @EnumSource
  void everyMetricOfTheApiIsReadByTheRuntime(Metric metric) throws IOException {
    var nothingSet =
        StageJson.json()
            .readValue(
                """
                {"faceDetector": {"model": "mtcnn", "thresholds": [0.6, 0.7, 0.7]},
                 "faceEmbedding": {"model": "dlib128", "samePersonMaxDistance": 0.6},
                 "nudity": {"model": "open_nsfw", "block": 0.8, "review": 0.3}}""",
                PerceptionInput.class);

    assertThat(
            NamedMetrics.SHIPPED.contains(metric.name())
                || LargeModelMetrics.of(metric.name(), nothingSet).isPresent())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void everyMetricOfTheApiHasItsRowInATableOfTheDocs(Metric metric) throws IOException {
    try (var rows =
        Stream.concat(
            Files.lines(DOCS.resolve("evaluation.md")),
            Files.lines(DOCS.resolve("video-generation.md")))) {
      assertThat(rows)
          .as("the first column of the tables of metrics")
          .anyMatch(
              row -> row.startsWith("| `") && row.split("\\|")[1].contains("`" + metric + "`"));
    }
  }
}
