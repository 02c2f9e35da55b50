package dev.atelier.local.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class Version implements IVersionProvider {

  /** From the jar's manifest; {@code development} when run from class folders. */
  static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  /** Version, Java and system in one line, as a report of a fault needs them. */
  static String line() {
    return "atelier %s (Java %s, %s %s)"
        .formatted(
            current(),
            Runtime.version().feature(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
