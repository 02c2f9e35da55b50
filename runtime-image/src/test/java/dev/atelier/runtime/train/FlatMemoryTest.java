package dev.atelier.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two thousand steps need no more memory than the first few hundred. */
@Tag("endurance")
class FlatMemoryTest {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int SETTLED = 500;
  private static final int STEPS = 2_000;
  private static final long TOLERATED_MIB = 24;

  @Test
  void withEveryActivationKept() throws IOException {
    train(false);
  }

  @Test
  void withActivationsComputedAgain() throws IOException {
    train(true);
  }

  private static void train(boolean recomputes) throws IOException {
    var settings =
        new TrainingStep.Settings(1, AdamW.Settings.defaults(), 1, OptionalDouble.of(0.99));
    long settled = 0;
    try (var model = new TinyModel();
        var lora = model.lora(TextEncoderTraining.Full);
        var training = new TrainingStep<>(forward(model, recomputes), lora, settings)) {
      for (int step = 0; step < STEPS; step++) {
        try (Scope scope = Scope.open()) {
          training.descend((at, pass) -> model.batch(at), step);
          training.update(step);
        }
        settled = step == SETTLED ? resident() : settled;
      }
    }
    long grown = resident() - settled;
    System.out.println(
        "MEMORY after %d steps: %d MiB, grown by %d MiB since step %d%s"
            .formatted(STEPS, resident(), grown, SETTLED, recomputes ? ", recomputed" : ""));
    assertThat(grown).isLessThan(TOLERATED_MIB);
  }

  private static Forward<Batch> forward(TinyModel model, boolean recomputes) {
    var objective = TinyModel.objective(0.6);
    return recomputes
        ? new RecomputedReconstruction(model.networks, objective)
        : new Reconstruction(model.networks, objective);
  }

  /** MiB of this process in memory. */
  private static long resident() throws IOException {
    System.gc();
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }
}
