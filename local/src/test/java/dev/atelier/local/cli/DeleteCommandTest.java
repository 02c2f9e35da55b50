package dev.atelier.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier delete}. */
class DeleteCommandTest {

  private static final String ANA =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: HeadshotModel
      metadata: {name: ana, namespace: default, uid: u-1, generation: 1, finalizers: [FINALIZERS]}
      spec: {}
      """;

  private static final String ERASE_FAILED =
      """
      conditions:
      - {type: Ready, status: "False", reason: EraseFailed, message: the store cannot be reached}
      """;

  @TempDir Path here;

  @Test
  void whatIsGoneIsSaid() throws IOException {
    var line = new CommandLineHarness(here);
    line.saved("atelier.dev", "headshotmodels", "ana", ANA.replace("FINALIZERS", ""));

    assertThat(line.run("delete", "hsm", "ana")).isZero();
    assertThat(line.out()).isEqualTo("HeadshotModel/ana deleted\n");
    assertThat(line.calls).containsExactly("start", "stop", "close");
    assertThat(line.run("get", "hsm", "ana")).as("it is not saved any longer").isEqualTo(1);
  }

  @Test
  void whatCannotBeErasedStaysAndIsExplained() throws IOException {
    var line =
        new CommandLineHarness(here)
            .controllers(platform -> platform.status("HeadshotModel", "ana", ERASE_FAILED));
    line.saved("atelier.dev", "headshotmodels", "ana", ANA.replace("FINALIZERS", "test/hold"));

    assertThat(line.run("delete", "ana")).isEqualTo(1);
    assertThat(line.out()).isEqualTo("HeadshotModel/ana  the store cannot be reached\n");
    assertThat(line.err()).contains("--force");
    assertThat(line.run("get", "hsm", "ana")).isZero();
  }

  @Test
  void whatIsNotThereStartsNothing() throws IOException {
    var line = new CommandLineHarness(here);
    line.saved("atelier.dev", "headshotmodels", "ana", ANA.replace("FINALIZERS", ""));

    assertThat(line.run("delete", "hsm", "bob")).isEqualTo(1);
    assertThat(line.err()).contains("headshotmodels \"bob\" not found");
    assertThat(line.calls).containsExactly("close");
  }
}
