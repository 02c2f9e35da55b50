package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.atelier.local.admission.Admission;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The admission of workstation mode says what the real API server says, word for word: one table of
 * resources, two judges.
 */
@OnKubernetes
final class AdmissionParityTest {

  private static final Path TABLE = Path.of("../crds/src/test/resources");
  private static final String NAMESPACE = "admission";
  private static final String UNKNOWN_FIELD = "strict decoding error: ";

  /** What workstation mode adds to the API server's words. */
  private static final String SUGGESTION = "; (did you mean|known here).*";

  private static final YAMLMapper YAML = new YAMLMapper();

  private final KubernetesClient client;
  private final Admission workstation = Admission.strict();

  AdmissionParityTest(TestCluster cluster) {
    client = cluster.client("admission");
  }

  @BeforeAll
  void createNamespace() {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
  }

  @AfterAll
  void closeClient() {
    client.close();
  }

  static Stream<Path> invalid() throws IOException {
    return files("invalid");
  }

  static Stream<Path> valid() throws IOException {
    return files("valid");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void whatTheWorkstationRefusesTheApiServerRefusesWithTheSameWords(Path file) throws IOException {
    var documents = documents(file);
    var last = documents.get(documents.size() - 1);
    var stored = documents.size() == 1 ? null : workstation.admit(documents.get(0), null).object();
    var expected =
        workstation.admit(last, stored).errors().stream()
            .map(error -> error.replaceFirst(SUGGESTION, ""))
            .toList();
    assertThat(expected).isNotEmpty();

    assertThat(refusals(documents)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("valid")
  void whatTheWorkstationAdmitsTheApiServerAdmitsWithTheSameDefaults(Path file) throws IOException {
    var documents = documents(file);
    var stored = documents.size() == 1 ? null : workstation.admit(documents.get(0), null).object();
    var expected = workstation.admit(documents.get(documents.size() - 1), stored).object();

    var admitted = admit(documents);

    assertThat(admitted.path("spec")).isEqualTo(expected.path("spec"));
  }

  /** Sends the documents of a file one after the other; what the API server says of the last. */
  private List<String> refusals(List<JsonNode> documents) {
    try {
      var admitted = admit(documents);
      throw new AssertionError("the API server admitted " + admitted);
    } catch (KubernetesClientException e) {
      return words(e);
    }
  }

  private static List<String> words(KubernetesClientException refusal) {
    var status = refusal.getStatus();
    assertThat(status).as("a refusal: %s", refusal).isNotNull();
    int unknown = status.getMessage().indexOf(UNKNOWN_FIELD);
    if (unknown >= 0) {
      return List.of(status.getMessage().substring(unknown + UNKNOWN_FIELD.length()).split(", "));
    }
    return status.getDetails().getCauses().stream().map(AdmissionParityTest::words).toList();
  }

  private static String words(StatusCause cause) {
    return cause.getField() + ": " + cause.getMessage();
  }

  /** A file of two documents is an update from the first to the second. */
  private JsonNode admit(List<JsonNode> documents) {
    var resources = documents.stream().map(AdmissionParityTest::resource).toList();
    if (resources.size() == 1) {
      return json(strictly(resources.get(0)).create());
    }
    var stored = client.resource(resources.get(0)).create();
    try {
      resources.get(1).getMetadata().setResourceVersion(stored.getMetadata().getResourceVersion());
      return json(strictly(resources.get(1)).update());
    } finally {
      client.resource(stored).delete();
    }
  }

  /** As kubectl asks: unknown fields are refused; and nothing is stored. */
  private NonDeletingOperation<GenericKubernetesResource> strictly(
      GenericKubernetesResource resource) {
    return client.resource(resource).dryRun().fieldValidation(Validation.STRICT);
  }

  private static GenericKubernetesResource resource(JsonNode document) {
    var resource =
        Serialization.jsonMapper().convertValue(document, GenericKubernetesResource.class);
    if (!resource.getKind().equals("DiffusionRuntime")) {
      resource.getMetadata().setNamespace(NAMESPACE);
    }
    return resource;
  }

  private static JsonNode json(GenericKubernetesResource resource) {
    return Serialization.jsonMapper().valueToTree(resource);
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
