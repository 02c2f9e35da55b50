package dev.atelier.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {

  private final AtomicInteger lost = new AtomicInteger();
  private final LeaderElection election = new LeaderElection(lost::incrementAndGet);

  @Test
  void oneReplicaDoesNotElect() {
    assertThat(election.configuration(OperatorSettings.defaults())).isEmpty();
  }

  @Test
  void aLeaderIsWaitedForFifteenSecondsAndTriesForTen() {
    var found = election.configuration(electing()).orElseThrow();

    assertThat(found.getLeaseName()).isEqualTo("atelier-operator");
    assertThat(found.getLeaseNamespace()).hasValue("studio");
    assertThat(found.getLeaseDuration()).isEqualTo(Duration.ofSeconds(15));
    assertThat(found.getRenewDeadline()).isEqualTo(Duration.ofSeconds(10));
    assertThat(found.getRetryPeriod()).isEqualTo(Duration.ofSeconds(2));
    assertThat(found.isExitOnStopLeading()).isFalse();
  }

  @Test
  void whoLosesTheLeaseEndsButWhoIsClosedDoesNot() {
    var callbacks = election.configuration(electing()).orElseThrow().getLeaderCallbacks();

    callbacks.orElseThrow().onStopLeading();
    assertThat(lost).hasValue(1);
    election.closing();
    callbacks.orElseThrow().onStopLeading();
    assertThat(lost).hasValue(1);
  }

  private static OperatorSettings electing() {
    return OperatorSettings.of(
        Map.of("ATELIER_LEADER_ELECTION", "true", "POD_NAMESPACE", "studio"));
  }
}
