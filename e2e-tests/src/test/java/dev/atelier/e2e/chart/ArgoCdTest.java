package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.local.admission.Admission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Argo CD's view of the resources. */
class ArgoCdTest {

  private static final Path FOLDER = Path.of("../helm/argocd");
  private static final List<String> KINDS =
      List.of("DiffusionRuntime", "GenerationJob", "HeadshotModel", "VideoGenerator");

  @Test
  void theScriptsAnswerAsTheCasesSay() {
    var go = Tools.go("Argo CD's scripts are not run").toString();
    var tests = Tools.run(Path.of("argocd-lua"), List.of(go, "test", "-count=1", "-v", "./..."));
    assertThat(tests.exit()).as(tests.text()).isZero();
    assertThat(Pattern.compile("--- PASS").matcher(tests.text()).results().count())
        .as(tests.text())
        .isGreaterThan(25);
  }

  @Test
  void theConfigurationHoldsTheScripts() {
    Golden.same(FOLDER.resolve("argocd-cm.yaml"), ArgoCdConfig.of(FOLDER, KINDS));
    var data = Chart.documents(FOLDER.resolve("argocd-cm.yaml")).get(0).path("data");
    assertThat(data.path("resource.customizations.health.atelier.dev_HeadshotModel").asText())
        .isEqualTo(read(FOLDER.resolve("health.lua")));
    assertThat(data.has("resource.customizations.actions.atelier.dev_DiffusionRuntime")).isFalse();
  }

  @TestFactory
  Stream<DynamicTest> everyCaseIsAResourceThatCanExist() throws IOException {
    var admission = Admission.strict();
    try (var files = Files.list(FOLDER.resolve("testdata"))) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> {
                        var resource = Chart.documents(file).get(0);
                        assertThat(admission.admit(resource, null).errors()).isEmpty();
                      }));
    }
  }

  @Test
  void everyCaseIsUsed() throws IOException {
    var used = new TreeSet<String>();
    for (var list : List.of("health_test.yaml", "action_test.yaml")) {
      Pattern.compile("testdata/[a-z-]+\\.yaml")
          .matcher(read(FOLDER.resolve(list)))
          .results()
          .forEach(found -> used.add(found.group()));
    }
    try (var files = Files.list(FOLDER.resolve("testdata"))) {
      assertThat(files.map(file -> "testdata/" + file.getFileName()))
          .containsExactlyInAnyOrderElementsOf(used);
    }
  }

  @Test
  void theExampleBringsTheOperatorBeforeRuntimesAndThoseBeforeModels() {
    var waves =
        Chart.documents(FOLDER.resolve("examples/applications.yaml")).stream()
            .map(
                application ->
                    application.at("/metadata/name").asText()
                        + " "
                        + application
                            .at("/metadata/annotations/argocd.argoproj.io~1sync-wave")
                            .asText());
    assertThat(waves).containsExactly("atelier -2", "atelier-runtimes -1", "atelier-portraits 0");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
