package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the samples say holds for a cluster too. */
@OnKubernetes
final class SamplesTest {

  private static final Path SAMPLES = WorkstationControlPlane.SAMPLES;

  private final TestCluster cluster;

  SamplesTest(TestCluster cluster) {
    this.cluster = cluster;
  }

  /** Sample folders, but the one of mistakes. */
  static Stream<Path> samples() throws IOException {
    try (var folders = Files.list(SAMPLES)) {
      return folders
          .filter(Files::isDirectory)
          .filter(folder -> !folder.endsWith("bad"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleAppliesAsItIs(Path folder) {
    var printed =
        cluster.kubectl(
            "apply", "--dry-run=server", "--validate=strict", "--filename", folder.toString());

    assertThat(printed).contains("created (server dry run)").doesNotContain("Warning");
  }

  @Test
  void aSecondServerSideApplyChangesNothing() {
    var sample = SAMPLES.resolve("headshot/20-ana.yaml").toString();
    try {
      cluster.kubectl("apply", "--server-side", "--filename", sample);
      var first =
          cluster.kubectl("get", "headshotmodel", "ana", "-o", "json", "--show-managed-fields");
      cluster.kubectl("apply", "--server-side", "--filename", sample);
      var second =
          cluster.kubectl("get", "headshotmodel", "ana", "-o", "json", "--show-managed-fields");

      assertThat(second).isEqualTo(first).contains("managedFields");
    } finally {
      cluster.kubectl("delete", "headshotmodel", "ana");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid-spec.yaml", "empty-prompt.yaml"})
  void aMistakeIsRefusedWithWhatToWriteInstead(String file) {
    var output =
        cluster.tryKubectl(
            "apply",
            "--dry-run=server",
            "--validate=strict",
            "--filename",
            SAMPLES.resolve("bad").resolve(file).toString());

    assertThat(output.succeeded()).isFalse();
    assertThat(output.text()).contains("is invalid").contains("spec.");
  }
}
