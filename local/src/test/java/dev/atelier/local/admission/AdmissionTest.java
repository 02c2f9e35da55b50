package dev.atelier.local.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {

  private static final Path TABLE = Path.of("../crds/src/test/resources");
  private static final String MESSAGE = "# message: ";
  private static final YAMLMapper YAML = new YAMLMapper();

  private final Admission strict = Admission.strict();

  static Stream<Path> invalid() throws IOException {
    return files("invalid");
  }

  static Stream<Path> valid() throws IOException {
    return files("valid");
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void isRefusedWithTheMessageInItsHeader(Path file) throws IOException {
    var messages =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(MESSAGE))
            .map(line -> line.substring(MESSAGE.length()))
            .toList();
    assertThat(messages).isNotEmpty();
    assertThat(admit(file).errors()).containsExactlyElementsOf(messages);
  }

  @ParameterizedTest
  @MethodSource("valid")
  void isAdmitted(Path file) throws IOException {
    var result = admit(file);
    assertThat(result.errors()).isEmpty();
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void theTableIsLongEnoughToMeanSomething() throws IOException {
    assertThat(invalid()).hasSizeGreaterThanOrEqualTo(25);
  }

  @Test
  void whatIsLeftOutIsFilledInAtEveryDepth() throws IOException {
    var spec = admit(TABLE.resolve("valid/headshot-in-ten-lines.yaml")).object().path("spec");
    assertThat(spec.at("/training/priorPreservation/images").asInt()).isEqualTo(100);
    assertThat(spec.at("/photos/quality/minSharpness").asText()).isEqualTo("60");
    assertThat(spec.at("/training/learningRate").isMissingNode())
        .as("depends on the method, so the schema cannot say it")
        .isTrue();
  }

  @Test
  void admittingTwiceChangesNothing() throws IOException {
    var once = admit(TABLE.resolve("valid/headshot-lora.yaml")).object();
    assertThat(strict.admit(once, once).object()).isEqualTo(once);
  }

  @Test
  void anUnknownFieldIsDroppedWithAWarningWhenNobodyAsksForStrictness() throws IOException {
    var sent = documents(TABLE.resolve("invalid/mistyped-field.yaml")).get(0);
    var result = Admission.lenient().admit(sent, null);
    assertThat(result.errors()).isEmpty();
    assertThat(result.warnings())
        .containsExactly("unknown field \"spec.trainig\"; did you mean \"training\"?");
    assertThat(result.object().path("spec").has("trainig")).isFalse();
    assertThat(sent.path("spec").has("trainig")).as("what was sent is left alone").isTrue();
  }

  @Test
  void anExplicitNullCountsAsLeftOutWhereThereIsADefault() throws IOException {
    var result =
        strict.admit(
            YAML.readTree(
                Files.readString(TABLE.resolve("valid/headshot-in-ten-lines.yaml"))
                    + "  suspend: null\n  training: null\n"),
            null);
    assertThat(result.errors()).isEmpty();
    assertThat(result.object().at("/spec/suspend").isBoolean()).isTrue();
    assertThat(result.object().at("/spec/training/maxSteps").asInt()).isEqualTo(800);
  }

  @Test
  void otherKindsPassAsTheyAre() throws IOException {
    var configMap = new ObjectMapper().readTree("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}");
    assertThat(strict.knows(configMap)).isFalse();
    assertThat(strict.admit(configMap, null).object()).isEqualTo(configMap);
  }

  @Test
  void twoConditionsOfOneTypeAreRefused() throws IOException {
    var condition =
        "{type: Ready, status: \"True\", reason: Published, message: m, lastTransitionTime: 2026-11-24T00:00:00Z}";
    var result =
        strict.admit(
            YAML.readTree(
                Files.readString(TABLE.resolve("valid/headshot-in-ten-lines.yaml"))
                    + "status: {conditions: [%s, %s]}%n".formatted(condition, condition)),
            null);
    assertThat(result.errors())
        .anyMatch(error -> error.startsWith("status.conditions[1]: Duplicate value"));
  }

  /** A file of two documents is an update from the first to the second. */
  private AdmissionResult admit(Path file) throws IOException {
    var documents = documents(file);
    if (documents.size() == 1) {
      return strict.admit(documents.get(0), null);
    }
    var stored = strict.admit(documents.get(0), null);
    assertThat(stored.errors()).as("the state before the update").isEmpty();
    return strict.admit(documents.get(1), stored.object());
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    try (var parser = YAML.createParser(file.toFile())) {
      return YAML.readerFor(JsonNode.class).<JsonNode>readValues(parser).readAll();
    }
  }

  private static Stream<Path> files(String directory) throws IOException {
    try (var files = Files.list(TABLE.resolve(directory))) {
      return files.sorted().toList().stream();
    }
  }
}
