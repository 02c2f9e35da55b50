package dev.atelier.local.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of {@code allowedPhrases} knows the words of the list that the stages read. */
class PhrasesThatNameMinorsTest {

  private static final String RUNTIME =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: DiffusionRuntime
      metadata: {name: sd15}
      spec:
        model: {family: StableDiffusion, source: {image: {path: /models/sd15}}}
        storage: {pvc: {claimName: artifacts}}
      """;

  private static final YAMLMapper YAML = new YAMLMapper();

  private final Admission admission = Admission.strict();

  static Stream<String> terms() throws IOException {
    return items(list().path("categories"))
        .filter(category -> category.path("category").asText().equals("Minors"))
        .flatMap(category -> items(category.path("terms")))
        .map(term -> term.asText().replace("*", ""));
  }

  static Stream<String> harmless() throws IOException {
    return items(list().path("allow")).map(JsonNode::asText);
  }

  @ParameterizedTest
  @MethodSource("terms")
  @ValueSource(strings = {"a CHILD at play", "kindergarten", "baby shower", "teenagers"})
  void everyTermOfTheListIsRefusedWhenTheRuntimeIsApplied(String phrase) throws IOException {
    assertThat(allowing(phrase)).singleElement().asString().contains("concerns minors");
  }

  @ParameterizedTest
  @MethodSource("harmless")
  @ValueSource(
      strings = {"nude wall", "a baby blue suit", "baby's breath", "kidney bean", "albino"})
  void aPhraseThatTheStagesTakeIsAdmitted(String phrase) throws IOException {
    assertThat(allowing(phrase)).isEmpty();
  }

  private List<String> allowing(String phrase) throws IOException {
    var runtime = YAML.readTree(RUNTIME);
    runtime
        .withObject("/spec/safety/prompts")
        .withArray("allowedPhrases")
        .add("nude wall")
        .add(phrase);
    return admission.admit(runtime, null).errors();
  }

  private static JsonNode list() throws IOException {
    var file = PhrasesThatNameMinorsTest.class.getResourceAsStream("/safety/blocklist.yaml");
    return YAML.readTree(Objects.requireNonNull(file));
  }

  private static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
