package dev.atelier.local.workstation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run at a time per state directory. */
class StateLockTest {

  @TempDir Path folder;

  @Test
  void aSecondRunIsRefusedAndToldWhoHoldsTheDirectory() {
    var state = new StateDirectory(folder.resolve("state"));
    try (var lock = StateLock.acquire(state)) {
      assertThat(StateLock.isHeld(state)).isTrue();
      assertThat(lock.wasLeftBehind()).isFalse();
      assertThatThrownBy(() -> StateLock.acquire(state))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining(state.root().toString());
    }
    assertThat(StateLock.isHeld(state)).isFalse();
    StateLock.acquire(state).close();
  }

  @Test
  void theLockOfACrashHoldsNobodyUpButIsNoticed() throws IOException {
    var state = new StateDirectory(folder.resolve("state")).create();
    Files.writeString(state.lockFile(), "4711");

    assertThat(StateLock.isHeld(state)).isFalse();
    try (var lock = StateLock.acquire(state)) {
      assertThat(lock.wasLeftBehind()).isTrue();
    }
  }

  @Test
  void theDirectoryIsItsOwnersAlone() throws IOException {
    var state = new StateDirectory(folder.resolve("a/b/state")).create();

    assertThat(Files.getPosixFilePermissions(state.root())).hasSize(3);
  }
}
