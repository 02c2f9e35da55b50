package dev.atelier.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is generated from the code is committed, and the same. */
class GeneratedFilesTest {

  private static final String REGENERATE =
      "mvn -pl crds test -Dtest=GeneratedFilesTest -Datelier.regenerate=true";
  private static final Path COMMITTED = Path.of("src/main/resources/META-INF/fabric8");
  private static final Path CHART = Path.of("../helm/atelier/files/crds");

  @TempDir Path fresh;

  @Test
  void theCommittedCrdsAreWhatTheCodeSays() throws IOException {
    GeneratedCrds.write(fresh);
    for (var kind : GeneratedCrds.KINDS) {
      var name = io.fabric8.kubernetes.api.model.HasMetadata.getFullResourceName(kind);
      var text = Files.readString(fresh.resolve(name + "-v1.yml"));
      same(COMMITTED.resolve(name + "-v1.yml"), text);
      same(CHART.resolve(name + ".yaml"), text);
    }
  }

  private static void same(Path committed, String text) throws IOException {
    if (Boolean.getBoolean("atelier.regenerate")) {
      Files.createDirectories(committed.getParent());
      Files.writeString(committed, text);
    }
    assertThat(committed).as("%s; regenerate with: %s", committed, REGENERATE).exists();
    assertThat(Files.readString(committed))
        .as("%s; regenerate with: %s", committed, REGENERATE)
        .isEqualTo(text);
  }
}
