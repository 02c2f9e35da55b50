package dev.atelier.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is generated from the code is committed, and the same. */
class GeneratedFilesTest {

  private static final Path CHART = Path.of("../helm/atelier/files/crds");
  private static final Path REFERENCE = Path.of("../docs/reference");

  @TempDir Path fresh;

  @Test
  void theCommittedCrdsAreWhatTheCodeSays() throws IOException {
    GeneratedCrds.write(fresh);
    for (var kind : GeneratedCrds.KINDS) {
      var name = HasMetadata.getFullResourceName(kind);
      var text = Files.readString(fresh.resolve(name + "-v1.yml"));
      Generated.same(Crds.COMMITTED.resolve(name + "-v1.yml"), text);
      Generated.same(CHART.resolve(name + ".yaml"), text);
    }
  }

  @Test
  void thePageOfFieldsIsWhatTheCrdsSay() throws IOException {
    var page = FieldsPage.of(Crds.schemas(Crds.COMMITTED));
    assertThat(page).contains("`spec.training.method`", "`status.run.runtime`", "**required**");
    Generated.same(REFERENCE.resolve("fields.md"), page);
  }

  @Test
  void everyFieldHasADescription() throws IOException {
    assertThat(FieldsPage.of(Crds.schemas(Crds.COMMITTED)).lines())
        .filteredOn(line -> line.startsWith("| `"))
        .hasSizeGreaterThan(200)
        .noneMatch(line -> line.endsWith("|  |"));
  }

  @Test
  void thePageOfReasonsIsWhatTheCodeSays() throws IOException {
    Generated.same(REFERENCE.resolve("reasons.md"), ReasonsPage.text());
  }
}
