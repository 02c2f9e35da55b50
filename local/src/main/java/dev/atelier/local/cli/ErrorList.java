package dev.atelier.local.cli;

import dev.atelier.local.workstation.Refusal;
import java.nio.file.Path;
import java.util.List;

/** Tells what the API refused, as kubectl does: file, resource, message. */
final class ErrorList {

  private final Console console;
  private final Path here;

  ErrorList(Console console, Path here) {
    this.console = console;
    this.here = here;
  }

  void print(List<Refusal> refusals) {
    for (var refusal : refusals) {
      var file = refusal.manifest().file().toAbsolutePath().normalize();
      var shown = file.startsWith(here) ? here.relativize(file) : file;
      console.error(
          shown + ": " + refusal.manifest().resource().title(),
          refusal.message().strip().replace("\n", "\n  "));
    }
    console.err().println("Nothing was started. Correct the above and run again.");
    console.err().flush();
  }
}
