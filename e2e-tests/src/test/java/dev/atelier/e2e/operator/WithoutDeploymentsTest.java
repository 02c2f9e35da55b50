package dev.atelier.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.local.workstation.StrictAdmission;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A cluster such as a workstation's, which has no Deployments. */
class WithoutDeploymentsTest {

  @AutoClose private final OperatorBench bench = OperatorBench.open(new StrictAdmission());
  private final Lives lives = new Lives(bench);

  @Test
  void aModelIsPublishedThatItIsNotServedIsSaidAndItIsOnceThereAreSome() {
    lives.runtime();
    bench.apply(Yaml.served("film"));
    bench.kubelet.end(lives.job("film-evaluate-"), 0, Said.evaluated());
    bench.until("published", () -> holds(ConditionType.Ready));
    bench.quiet();

    var serving =
        ConditionSet.find(lives.video("film").getStatus().conditions(), ConditionType.Serving)
            .orElseThrow();
    assertThat(serving.getReason()).isEqualTo("NotSupported");
    assertThat(serving.getMessage()).contains("remove spec.serving and use GenerationJobs");
    assertThat(holds(ConditionType.Stalled)).isFalse();

    bench.deployments();
    lives.patchVideo("film", "{\"spec\":{\"serving\":{\"replicas\":2}}}");
    bench.until("a Deployment", () -> lives.deployment("film").isPresent());
  }

  private boolean holds(ConditionType type) {
    var status = lives.video("film").getStatus();
    return status != null && ConditionSet.isTrue(status.conditions(), type);
  }
}
