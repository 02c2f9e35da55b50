package dev.atelier.operator;

import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.Duration;
import java.util.Optional;

/**
 * How replicas agree on the one that works; the figures are those of Kubernetes' own controllers.
 */
final class LeaderElection {

  /** How long a leader that fell silent is waited for. */
  static final Duration LEASE = Duration.ofSeconds(15);

  /** How long a leader tries to renew before it steps down. */
  static final Duration RENEW = Duration.ofSeconds(10);

  /** Between two tries. */
  static final Duration RETRY = Duration.ofSeconds(2);

  private LeaderElection() {}

  /** Empty where the settings do not ask for it. */
  static Optional<LeaderElectionConfiguration> of(OperatorSettings settings) {
    return settings.leaderElection()
        ? Optional.of(
            new LeaderElectionConfiguration(
                OperatorSettings.LEASE, settings.leaseNamespace(), LEASE, RENEW, RETRY))
        : Optional.empty();
  }
}
