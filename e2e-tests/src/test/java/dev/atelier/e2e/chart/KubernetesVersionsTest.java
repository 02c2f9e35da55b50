package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Everything that we write into a cluster is known to every Kubernetes that we support. */
class KubernetesVersionsTest {

  /** What the operator creates, by its golden manifests. */
  private static final Path MANIFESTS = Path.of("../operator/src/test/resources/manifests");

  private final KubernetesFields fields = KubernetesFields.read();

  @TestFactory
  Stream<DynamicTest> theChartsObjectsAreKnown() {
    return versions()
        .mapToObj(
            minor ->
                DynamicTest.dynamicTest(
                    "Kubernetes 1." + minor,
                    () ->
                        assertKnown(
                            minor,
                            Chart.ATELIER.examples().stream()
                                .flatMap(example -> Chart.ATELIER.objects(example).stream())
                                .toList())));
  }

  @TestFactory
  Stream<DynamicTest> theOperatorsObjectsAreKnown() {
    return versions()
        .mapToObj(
            minor ->
                DynamicTest.dynamicTest(
                    "Kubernetes 1." + minor, () -> assertKnown(minor, manifests())));
  }

  @Test
  void aFieldThatIsTooNewOrMistypedWouldBeFound() {
    var pod =
        Chart.documents(
                """
                apiVersion: v1
                kind: Pod
                spec:
                  containers: [{name: one, restartPolicyRules: [], imige: one}]
                """)
            .get(0);
    assertThat(fields.unknown(pod, 30))
        .containsExactlyInAnyOrder(
            "v1:Pod.spec.containers.restartPolicyRules", "v1:Pod.spec.containers.imige");
    assertThat(fields.unknown(pod, 34)).containsExactly("v1:Pod.spec.containers.imige");
  }

  private void assertKnown(int minor, List<JsonNode> objects) {
    var own = objects.stream().filter(fields::knows).toList();
    assertThat(own).hasSizeGreaterThan(10);
    assertThat(own.stream().flatMap(object -> fields.unknown(object, minor).stream()))
        .as("fields that Kubernetes 1.%d does not know", minor)
        .isEmpty();
  }

  private static IntStream versions() {
    return IntStream.rangeClosed(KubernetesFields.OLDEST, KubernetesFields.NEWEST);
  }

  private static List<JsonNode> manifests() {
    try (var files = Files.walk(MANIFESTS)) {
      return files
          .filter(file -> file.getFileName().toString().matches("out-(?!stage).*\\.yaml"))
          .flatMap(file -> Chart.documents(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
