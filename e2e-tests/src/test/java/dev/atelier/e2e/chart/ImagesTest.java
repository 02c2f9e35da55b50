package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives that {@code mvn -Pimages package} makes. */
class ImagesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path unpacked;

  @Test
  void theOperatorsImageHoldsJavaAndTheOperatorAndNothingToTypeIn() throws IOException {
    var image = image("operator");
    assertThat(image.tag()).isEqualTo("atelier-operator:" + Chart.versionOfTheBuild());
    common(image);
    assertThat(image.entrypoint()).endsWith("dev.atelier.operator.Main");
    assertThat(image.files())
        .contains("app/jib-classpath-file")
        .anyMatch(file -> file.matches("app/classpath/atelier-operator-.*\\.jar"))
        .anyMatch(file -> file.matches("app/libs/atelier-crds-.*\\.jar"))
        .noneMatch(file -> file.contains("libtorch"));
  }

  @Test
  void theRuntimesImageHoldsLibtorchUnpackedWithItsBinding() throws IOException {
    var image = image("runtime-image");
    common(image);
    assertThat(image.entrypoint()).endsWith("dev.atelier.runtime.Main");
    boolean cuda = image.tag().endsWith("-cuda12.8");
    var folder = cuda ? "/opt/conda/lib/python3.11/site-packages/torch/lib" : "/opt/libtorch";
    assertThat(image.environment())
        .contains(
            "PYTORCH_LIBRARY_PATH=" + folder,
            "PYTORCH_VERSION=2.7.1",
            "PYTORCH_FLAVOR=" + (cuda ? "cu128" : "cpu"),
            "DJL_OFFLINE=true",
            "DJL_CACHE_DIR=/tmp/djl",
            "OPT_OUT_TRACKING=true");
    assertThat(image.files())
        .contains(folder.substring(1) + "/libdjl_torch.so")
        .noneMatch(file -> file.contains("pytorch-native"));
    if (!cuda) {
      assertThat(image.files())
          .contains("opt/libtorch/libtorch_cpu.so", "opt/libtorch/libtorch.so")
          .anyMatch(file -> file.contains("libgomp"));
    }
  }

  private static void common(Image image) {
    var config = image.config().path("config");
    assertThat(config.path("User").asText()).isEqualTo("65532:65532");
    assertThat(config.path("WorkingDir").asText()).isEqualTo("/tmp");
    assertThat(image.entrypoint()).startsWith("java", "-cp", "@/app/jib-classpath-file");
    assertThat(image.environment()).anyMatch(one -> one.startsWith("PATH=/opt/java/bin"));
    assertThat(config.at("/Labels/org.opencontainers.image.licenses").asText())
        .isEqualTo("Apache-2.0");
    assertThat(image.config().path("created").asText()).isEqualTo("2026-11-24T00:00:00Z");
    assertThat(image.files())
        .contains(
            "opt/java/bin/java",
            "opt/java/lib/security/cacerts",
            "usr/share/atelier/bom.json",
            "tmp/")
        .noneMatch(file -> file.matches("(usr/)?s?bin/.*"));
  }

  /**
   * An image.
   *
   * @param files of all layers; folders end with a slash
   */
  private record Image(String tag, JsonNode config, List<String> files) {

    List<String> entrypoint() {
      return texts(config.at("/config/Entrypoint"));
    }

    List<String> environment() {
      return texts(config.at("/config/Env"));
    }
  }

  private Image image(String module) throws IOException {
    var archive = Path.of("..", module, "target", "jib-image.tar").toAbsolutePath();
    if (!Files.exists(archive)) {
      System.err.printf("SKIPPED: there is no %s; mvn -Pimages makes it%n", archive);
    }
    Assumptions.assumeTrue(Files.exists(archive), "made by mvn -Pimages");
    tar("-xf", archive.toString());
    var manifest = JSON.readTree(unpacked.resolve("manifest.json").toFile()).get(0);
    var files = new ArrayList<String>();
    for (var layer : texts(manifest.path("Layers"))) {
      tar("-tzf", layer)
          .lines()
          .map(line -> line.replaceFirst("^(\\./|/)", ""))
          .forEach(files::add);
    }
    return new Image(
        manifest.at("/RepoTags/0").asText(),
        JSON.readTree(unpacked.resolve(manifest.path("Config").asText()).toFile()),
        files);
  }

  private String tar(String mode, String file) {
    var output = Tools.run(unpacked, List.of("tar", "--warning=no-unknown-keyword", mode, file));
    assertThat(output.exit()).as(output.text()).isZero();
    return output.text();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
