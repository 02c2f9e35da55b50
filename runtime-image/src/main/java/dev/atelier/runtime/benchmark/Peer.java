package dev.atelier.runtime.benchmark;

import dev.atelier.runtime.tensor.ComputeDevice;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * This runtime's side of {@code benchmarks/run}: for each line of standard input does that work
 * once, and answers {@code = WORK SECONDS CHECK}, where the check is the mean absolute value of the
 * result.
 */
public final class Peer {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private Peer() {}

  /**
   * Serves until the input ends.
   *
   * @param arguments the model's folder, {@code cpu} or {@code cuda}, and the type that denoisers
   *     compute in
   */
  public static void main(String[] arguments) throws IOException {
    var device =
        new ComputeDevice(arguments[1].equals("cuda"), ComputeDevice.processor().threads());
    try (Torch torch = device.start();
        var work = new PeerWork(torch, Path.of(arguments[0]), DType.valueOf(arguments[2]));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      serve(in, work, System.out);
    }
  }

  private static void serve(BufferedReader in, PeerWork work, PrintStream out) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String name = line.strip();
      if (name.equals("peak")) {
        out.println("= peak " + peakBytes() + " 0");
      } else {
        try (Scope scope = Scope.open()) {
          long start = System.nanoTime();
          var result = work.run(name);
          // A GPU works on after the call; asking for the value waits for it.
          double check = result.to(DType.FLOAT32).abs().mean().item();
          double seconds = (System.nanoTime() - start) / 1e9;
          out.println("= " + name + " " + seconds + " " + check);
        }
      }
      out.flush();
    }
  }

  private static long peakBytes() throws IOException {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }
}
