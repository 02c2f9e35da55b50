package dev.atelier.runtime.benchmark;

import dev.atelier.runtime.tensor.ComputeDevice;
import dev.atelier.runtime.tensor.Torch;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Prints how long a prediction of the denoiser and a training step take on this machine, for models
 * in diffusers folders and for Stable Diffusion 1.5 with random weights.
 */
public final class Benchmark {

  private static final int ROUNDS = 15;
  private static final int ROUNDS_OF_LARGE = 5;

  private Benchmark() {}

  /**
   * Times models and prints a line for each kind of work.
   *
   * @param models diffusers folders
   * @param full whether to time all of Stable Diffusion 1.5 rather than two levels
   */
  public static void run(List<Path> models, boolean full, ComputeDevice device, PrintStream out) {
    try (Torch torch = device.start()) {
      out.println(Machine.of(torch).line());
      out.println("median of rounds [lowest - highest]");
      var stored = models.stream().map(model -> sized(() -> Subjects.stored(torch, model), ROUNDS));
      var random =
          sized(
              () -> full ? Subjects.stableDiffusion(torch) : Subjects.stableDiffusionLevels(torch),
              ROUNDS_OF_LARGE);
      for (var timed : Stream.concat(stored, Stream.of(random)).toList()) {
        try (var subject = timed.subject().get()) {
          subject.timings(timed.rounds()).forEach(timing -> out.println(timing.line()));
        }
      }
    }
  }

  private record Sized(Supplier<Subject> subject, int rounds) {}

  private static Sized sized(Supplier<Subject> subject, int rounds) {
    return new Sized(subject, rounds);
  }
}
