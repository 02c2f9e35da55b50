package dev.atelier.api;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The page that lists every condition type and every reason. */
final class ReasonsPage {

  private static final String PAGE =
      """
      # Conditions and reasons

      Generated from `ConditionType` and `Reason`; both lists are closed. Every condition carries `observedGeneration`, and a message for a person.
      Terminal failure is `Failed=True` with `Stalled=True` and `Ready=False`, all three with the same reason; it holds for its generation of the spec.
      A failed run is tried again when the spec changes; raise `spec.runNonce` for a run from the beginning.

      ## Condition types

      | type | what it says while it is True |
      |---|---|
      %s
      ## Reasons

      | reason | what it says, and what to do |
      |---|---|
      %s""";

  private ReasonsPage() {}

  static String text() {
    var types =
        Arrays.stream(ConditionType.values())
            .map(type -> "| `%s` | %s |\n".formatted(type, type.meaning()))
            .collect(Collectors.joining());
    var reasons =
        Arrays.stream(Reason.values())
            .map(reason -> "| `%s` | %s |\n".formatted(reason, reason.meaning()))
            .collect(Collectors.joining());
    return PAGE.formatted(types, reasons);
  }
}
