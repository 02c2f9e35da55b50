package dev.atelier.local.workstation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's files become, and what is said about files that are wrong. */
class ManifestFilesTest {

  private static final String MODEL =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: HeadshotModel
      metadata: {name: ana}
      """;

  @TempDir Path folder;

  @Test
  void aFolderIsReadByNameWithoutDescendingAndWithoutOtherFiles() throws IOException {
    write("20-b.yml", MODEL.replace("ana", "b"));
    write("10-a.yaml", MODEL.replace("ana", "a1") + "---\n" + MODEL.replace("ana", "a2"));
    write("30-c.json", "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"c\"}}");
    write("README.md", "no manifest");
    Files.createDirectory(folder.resolve("more.yaml"));

    assertThat(ManifestFiles.read(List.of(folder)))
        .extracting(manifest -> manifest.resource().name())
        .containsExactly("a1", "a2", "b", "c");
  }

  @Test
  void theItemsOfAListAreResourcesOfTheirOwn() throws IOException {
    var file =
        write(
            "list.yaml",
            "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: x}}\n");

    assertThat(ManifestFiles.read(List.of(file)))
        .extracting(manifest -> manifest.resource().title())
        .containsExactly("ConfigMap/x");
  }

  @Test
  void namespacedResourcesLandInDefaultAndClusterScopedOnesNowhere() throws IOException {
    var file =
        write("a.yaml", MODEL + "---\n" + MODEL.replace("HeadshotModel", "DiffusionRuntime"));

    assertThat(ManifestFiles.read(List.of(file)))
        .extracting(manifest -> manifest.resource().namespace())
        .containsExactly("default", "");
  }

  @Test
  void theFolderOfAVolumeIsRelativeToItsFile() throws IOException {
    var file =
        write(
            "volumes.yaml",
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata:
              name: photos
              annotations: {atelier.dev/workstation-path: ../mine}
            """);

    var annotations =
        ManifestFiles.read(List.of(file)).get(0).body().path("metadata").path("annotations");
    assertThat(annotations.path(ManifestFiles.PATH_ANNOTATION).asText())
        .isEqualTo(folder.resolveSibling("mine").toString());
  }

  @Test
  void aMistakeInTheYamlIsShownWithItsLine() throws IOException {
    var file = write("bad.yaml", MODEL + "spec:\n  photos: [a, b\n  training: {}\n");

    assertThatThrownBy(() -> ManifestFiles.read(List.of(file)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file + ":")
        .hasMessageMatching("(?s).*bad.yaml:[567]: not YAML: .*");
  }

  @Test
  void aDocumentWithoutKindOrNameIsNoResource() throws IOException {
    var file = write("nameless.yaml", "apiVersion: v1\nkind: ConfigMap\n");

    assertThatThrownBy(() -> ManifestFiles.read(List.of(file)))
        .hasMessage(file + ": a document lacks apiVersion, kind or metadata.name");
  }

  @Test
  void aTextIsNoResource() throws IOException {
    var file = write("text.yaml", "just words\n");

    assertThatThrownBy(() -> ManifestFiles.read(List.of(file)))
        .hasMessage(file + ": a document is no mapping");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ManifestFiles.read(List.of(folder.resolve("none"))))
        .hasMessage(folder.resolve("none") + ": no such file or folder");
    assertThatThrownBy(() -> ManifestFiles.read(List.of(folder)))
        .hasMessage("no resources in " + folder);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
