package dev.atelier.operator;

import static io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

  private final AtomicBoolean closing = new AtomicBoolean();
  private final Runnable lost;

  /**
   * @param lost what to do when another replica leads although nobody closed this one: two must
   *     never work at a time, so the process has to end
   */
  LeaderElection(Runnable lost) {
    this.lost = lost;
  }

  /** From now on it is no accident that this replica leads no longer. */
  void closing() {
    closing.set(true);
  }

  /**
   * The configuration, or empty where the settings do not ask for it. The SDK would exit the JVM
   * also when the operator is closed on purpose, within a shutdown hook even, where an exit never
   * returns; so this class decides.
   */
  Optional<LeaderElectionConfiguration> configuration(OperatorSettings settings) {
    if (!settings.leaderElection()) {
      return Optional.empty();
    }
    return Optional.of(
        aLeaderElectionConfiguration(OperatorSettings.LEASE)
            .withLeaseNamespace(settings.leaseNamespace())
            .withLeaseDuration(LEASE)
            .withRenewDeadline(RENEW)
            .withRetryPeriod(RETRY)
            .withExitOnStopLeading(false)
            .withLeaderCallbacks(
                new LeaderCallbacks(
                    () -> LOG.info("this replica leads"),
                    this::stopped,
                    leader -> LOG.info("{} leads", leader)))
            .build());
  }

  private void stopped() {
    if (!closing.get()) {
      LOG.error("this replica leads no longer; ending the process, so that two never work at once");
      lost.run();
    }
  }
}
