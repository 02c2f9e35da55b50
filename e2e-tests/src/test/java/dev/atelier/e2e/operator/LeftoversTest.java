package dev.atelier.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.local.workstation.StrictAdmission;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What finished or stopped stages leave in the cluster, and for how long. */
class LeftoversTest {

  @AutoClose private final OperatorBench bench = OperatorBench.open(new StrictAdmission());
  private final Lives lives = new Lives(bench);

  @Test
  void finishedJobsGoWithStageFileAndPolicyAndTheStatusStays() {
    bench.apply(
        Yaml.RUNTIME.replace(
            "precision: Float32", "precision: Float32\n  pod: {ttlSecondsAfterFinished: 0}"));
    bench.untilRuntime("sd15", "Available");
    lives.published("ana");
    lives.drawn("suits", "ana");
    bench.until("no children", () -> children("").isEmpty());
    bench.quiet();
    var model = bench.model("ana").getStatus();
    var pictures = bench.generation("suits").getStatus();

    bench.restart();
    bench.until("the model again", () -> bench.started("HeadshotModel") >= 1);
    bench.until("the job again", () -> bench.started("GenerationJob") >= 1);
    bench.quiet();

    assertThat(bench.calls.writes()).isEmpty();
    assertThat(bench.model("ana").getStatus()).isEqualTo(model);
    assertThat(bench.generation("suits").getStatus()).isEqualTo(pictures);
  }

  @Test
  void aRunThatWasStoppedForTheNextLeavesNothingOfItsStage() {
    lives.runtime();
    var train = lives.training("ana").getMetadata().getName();
    assertThat(children(train)).as("Job, stage file, policy").hasSize(3);
    lives.patchModel("ana", "{\"spec\":{\"runNonce\":1}}");
    var next = lives.job("ana-intake-r2-").getMetadata().getName();

    bench.until("nothing of the training", () -> children(train).isEmpty());
    assertThat(children("ana-intake-r1-")).as("it finished: its log can be read").hasSize(3);
    bench.until("all of the next", () -> children(next).size() == 3);
  }

  private List<String> children(String prefix) {
    var jobs = bench.user.batch().v1().jobs().inNamespace(OperatorBench.NAMESPACE);
    var files = bench.user.configMaps().inNamespace(OperatorBench.NAMESPACE);
    var policies = bench.user.network().v1().networkPolicies().inNamespace(OperatorBench.NAMESPACE);
    return Stream.of(jobs.list().getItems(), files.list().getItems(), policies.list().getItems())
        .flatMap(List::stream)
        .map(HasMetadata.class::cast)
        .map(one -> one.getMetadata().getName())
        .filter(name -> name.startsWith(prefix))
        .toList();
  }
}
