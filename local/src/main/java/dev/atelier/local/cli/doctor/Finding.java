package dev.atelier.local.cli.doctor;

/**
 * What a check found.
 *
 * @param subject what was looked at
 * @param fact what is there
 * @param advice what to do, empty where nothing is to be done
 */
public record Finding(Level level, String subject, String fact, String advice) {

  /** How bad it is. */
  public enum Level {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String subject, String fact) {
    return new Finding(Level.OK, subject, fact, "");
  }

  static Finding warn(String subject, String fact, String advice) {
    return new Finding(Level.WARN, subject, fact, advice);
  }

  static Finding fail(String subject, String fact, String advice) {
    return new Finding(Level.FAIL, subject, fact, advice);
  }
}
