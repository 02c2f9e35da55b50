package dev.atelier.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code atelier version}. */
@Command(name = "version", header = "Print the version of atelier, Java and system.")
final class VersionCommand implements Callable<Integer> {

  private final Services services;

  VersionCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    services.console().say(Version.line());
    return ExitStatus.DONE;
  }
}
