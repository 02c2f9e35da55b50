package dev.atelier.operator.job;

import java.util.regex.Pattern;

/** Names of what belongs to a resource, as long as they may be; a hash keeps a cut one unique. */
public final class ChildName {

  /** What a name may have as a label, and what a pod's host name may have. */
  public static final int LENGTH = 63;

  /** What a Service may be called, and what has the name of one. */
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]*");

  private ChildName() {}

  /**
   * The name with a suffix that is never cut.
   *
   * @param length at most, of both
   */
  public static String of(String name, String suffix, int length) {
    int room = length - suffix.length();
    return name.length() <= room
        ? name + suffix
        : name.substring(0, room - 9) + "-" + Digest.brief(name) + suffix;
  }

  /** A stem for names that a Service may have: not every resource's name begins with a letter. */
  public static String ofService(String name) {
    return LABEL.matcher(name).matches() ? name : "n" + Digest.brief(name);
  }
}
