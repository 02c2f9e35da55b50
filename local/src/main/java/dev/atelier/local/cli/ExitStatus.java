package dev.atelier.local.cli;

import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.util.List;

/** Exit codes of the command. */
final class ExitStatus {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** 128 + SIGINT, as shells write it. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}

  /** 0 only if every resource is Ready or Complete. */
  static int of(List<Resource> resources) {
    return resources.stream().map(Outcome::of).allMatch(Outcome.DONE::equals) ? DONE : FAILED;
  }
}
