package dev.atelier.local.cli.doctor;

import java.nio.file.Path;
import java.util.List;

/** All checks, in the order in which they are shown. */
public final class Checks {

  private Checks() {}

  /**
   * The checks of this machine.
   *
   * @param state where artifacts will go
   */
  public static List<Check> of(Path state) {
    var machine = Machine.ofProcess();
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return List.of(
        () -> MachineChecks.java(Runtime.version(), Path.of(System.getProperty("java.home"))),
        () -> ProgramChecks.maven(Program.output("mvn", "--version")),
        () -> MachineChecks.memory(machine.memoryBytes()),
        () -> MachineChecks.cores(machine.cores()),
        () -> DiskChecks.space("disk", state, 2, 10),
        () -> DiskChecks.space("temporary files", temporary, 1, 2),
        () -> DiskChecks.writable(temporary),
        new NativeCheck(),
        () -> ProgramChecks.gpu(Program.output("nvidia-smi", "-L")));
  }
}
