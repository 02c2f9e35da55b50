package dev.atelier.local.cli;

import dev.atelier.local.workstation.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What {@code run} is asked to do.
 *
 * @param files as given, relative to the caller's directory
 * @param fresh forget these resources first
 * @param json write JSON lines
 * @param timeout after which pods are asked to stop
 */
record RunRequest(
    List<Path> files, StateDirectory state, boolean fresh, boolean json, Duration timeout) {

  /** The command line that does the same again. */
  String again() {
    return "./atelier run "
        + String.join(" ", files.stream().map(Path::toString).toList())
        + (state.root().endsWith(".atelier") ? "" : " --state " + state.root());
  }
}
