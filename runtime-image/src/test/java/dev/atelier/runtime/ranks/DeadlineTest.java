package dev.atelier.runtime.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private static final int ENDED_BY_SIGALRM = 128 + 14;

  @Test
  void aProcessThatCannotEndIsEnded() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Stuck.class.getName())
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
      assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGALRM);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Ends never by itself, since a shutdown hook does not. */
  static final class Stuck {
    private Stuck() {}

    public static void main(String... arguments) {
      Deadline.in(1);
      Runtime.getRuntime().addShutdownHook(new Thread(Stuck::waitForEver));
      System.exit(0);
    }

    private static void waitForEver() {
      while (true) {
        java.util.concurrent.locks.LockSupport.park();
      }
    }
  }
}
