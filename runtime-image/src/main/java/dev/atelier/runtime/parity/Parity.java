package dev.atelier.runtime.parity;

import dev.atelier.runtime.tensor.ComputeDevice;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs every case below the given folders: {@code ./atelier parity DIR...}. */
public final class Parity {
  private final Torch torch;
  private final List<CaseRunner> runners;

  public Parity(Torch torch, List<CaseRunner> runners) {
    this.torch = torch;
    this.runners = List.copyOf(runners);
  }

  /** Starts an engine, runs every case, prints a line per case and a summary; 1 on a failure. */
  public static int run(List<Path> folders, ComputeDevice device, PrintStream out)
      throws IOException {
    try (Torch torch = device.start()) {
      return new Parity(torch, CaseRunners.all()).report(folders, out);
    }
  }

  /** Runs every case below the folders in the order of their paths. */
  public int report(List<Path> folders, PrintStream out) throws IOException {
    var counts = new EnumMap<Verdict.Outcome, Integer>(Verdict.Outcome.class);
    for (Path folder : folders) {
      for (ParityCase parityCase : cases(folder)) {
        Verdict verdict = judge(parityCase);
        out.println(verdict.line(parityCase));
        counts.merge(verdict.outcome(), 1, Integer::sum);
      }
    }
    int failed = count(counts, Verdict.Outcome.FAIL);
    out.printf(
        "%d passed, %d failed, %d skipped%n",
        count(counts, Verdict.Outcome.PASS), failed, count(counts, Verdict.Outcome.SKIP));
    return failed == 0 ? 0 : 1;
  }

  private Verdict judge(ParityCase parityCase) {
    try (Scope scope = Scope.open()) {
      Optional<CaseRunner> runner = runners.stream().filter(r -> r.accepts(parityCase)).findFirst();
      if (runner.isEmpty()) {
        return Verdict.skip("not built yet: " + what(parityCase));
      }
      return Comparison.compare(
          parityCase, runner.get().run(torch, parityCase), parityCase.outputs(torch));
    } catch (IOException | RuntimeException e) {
      return Verdict.fail(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static String what(ParityCase parityCase) {
    String model = parityCase.text("model_class") + parityCase.text("scheduler_class");
    return model.isEmpty() ? parityCase.name() : model;
  }

  private static int count(Map<Verdict.Outcome, Integer> counts, Verdict.Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  private static List<ParityCase> cases(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      var folders =
          files
              .filter(file -> file.getFileName().toString().equals("case.json"))
              .map(file -> file.toAbsolutePath().getParent())
              .sorted()
              .toList();
      var cases = new java.util.ArrayList<ParityCase>();
      for (Path folder : folders) {
        cases.add(ParityCase.read(folder));
      }
      return cases;
    }
  }
}
