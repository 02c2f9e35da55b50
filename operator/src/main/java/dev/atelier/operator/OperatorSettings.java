package dev.atelier.operator;

import dev.atelier.operator.job.Isolation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an installation may set, by environment variables.
 *
 * @param runtimeImage image of stages whose DiffusionRuntime names none; may be empty
 * @param namespaces to watch; empty for all
 * @param progressInterval between two questions to a running pod, and between two writes of its
 *     progress
 * @param eraseRetry between a failed erase Job and the next
 * @param concurrency reconciliations at a time and kind
 * @param port of /metrics, /livez and /readyz; 0 for none
 * @param leaderElection whether several replicas agree on one that works
 * @param leaseNamespace of the lease that they agree by
 * @param isolation how stages are fenced off; empty leaves them open to everybody
 */
public record OperatorSettings(
    String runtimeImage,
    Set<String> namespaces,
    Duration progressInterval,
    Duration eraseRetry,
    int concurrency,
    int port,
    boolean leaderElection,
    String leaseNamespace,
    Optional<Isolation> isolation) {

  /** Name of the lease. */
  public static final String LEASE = "atelier-operator";

  /** The settings of an installation that sets nothing. */
  public static OperatorSettings defaults() {
    return of(Map.of());
  }

  /** The settings of this process. */
  public static OperatorSettings ofEnvironment() {
    return of(System.getenv());
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming the variable that is wrong
   */
  static OperatorSettings of(Map<String, String> environment) {
    return new OperatorSettings(
        OperatorVariable.RUNTIME_IMAGE.in(environment),
        names(environment, OperatorVariable.NAMESPACES),
        Duration.ofSeconds(number(environment, OperatorVariable.PROGRESS_SECONDS, 1)),
        Duration.ofSeconds(number(environment, OperatorVariable.ERASE_RETRY_SECONDS, 1)),
        number(environment, OperatorVariable.CONCURRENCY, 1),
        number(environment, OperatorVariable.PORT, 0),
        flag(environment, OperatorVariable.LEADER_ELECTION),
        OperatorVariable.POD_NAMESPACE.in(environment),
        isolation(environment));
  }

  private static Optional<Isolation> isolation(Map<String, String> environment) {
    return flag(environment, OperatorVariable.NETWORK_POLICIES)
        ? Optional.of(
            new Isolation(
                OperatorVariable.POD_NAMESPACE.in(environment),
                names(environment, OperatorVariable.SCRAPE_NAMESPACES)))
        : Optional.empty();
  }

  private static Set<String> names(Map<String, String> environment, OperatorVariable variable) {
    return Arrays.stream(variable.in(environment).split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Anything but true and false is an error: a replica that does not elect works twice. */
  private static boolean flag(Map<String, String> environment, OperatorVariable variable) {
    var text = variable.in(environment).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s is '%s'; write true or false".formatted(variable.variable(), text));
    };
  }

  private static int number(
      Map<String, String> environment, OperatorVariable variable, int smallest) {
    var text = variable.in(environment);
    try {
      int value = Integer.parseInt(text);
      if (value >= smallest) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the message that says what is expected
    }
    throw new IllegalArgumentException(
        "%s is '%s'; write a whole number from %d".formatted(variable.variable(), text, smallest));
  }
}
