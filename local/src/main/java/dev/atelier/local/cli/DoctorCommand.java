package dev.atelier.local.cli;

import dev.atelier.local.cli.doctor.Check;
import dev.atelier.local.cli.doctor.Checks;
import dev.atelier.local.cli.doctor.Finding;
import dev.atelier.local.cli.view.Colour;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code atelier doctor}. */
@Command(
    name = "doctor",
    header = "Check whether this machine can run atelier, and say what to do if not.")
final class DoctorCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private StateOption state = new StateOption();

  DoctorCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    return report(Checks.of(state.in(services.settings().here()).root()));
  }

  /** One line per check, at once, because some take a moment. */
  int report(List<Check> checks) {
    boolean failed = false;
    for (var check : checks) {
      var finding = check.look();
      failed |= finding.level() == Finding.Level.FAIL;
      services.console().say(line(finding));
    }
    return failed ? ExitStatus.FAILED : ExitStatus.DONE;
  }

  private String line(Finding finding) {
    var terminal = services.console().terminal();
    var mark =
        switch (finding.level()) {
          case OK -> terminal.paint(Colour.GOOD, "ok  ");
          case WARN -> terminal.paint(Colour.WARNING, "warn");
          case FAIL -> terminal.paint(Colour.BAD, "fail");
        };
    var advice = finding.advice().isEmpty() ? "" : "\n        " + finding.advice();
    return "%s  %-17s %s%s".formatted(mark, finding.subject(), finding.fact(), advice);
  }
}
