package dev.atelier.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.local.workstation.StrictAdmission;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator writes when there is news, and only then. */
class OperatorWritesTest {

  @AutoClose private final OperatorBench bench = OperatorBench.open(new StrictAdmission());
  private final Lives lives = new Lives(bench);

  @BeforeEach
  void aRuntime() {
    lives.runtime();
  }

  @Test
  void theFirstReconcileOfAModelWritesFinalizerStatusStageFileJobAndEvent() {
    bench.calls.forget();
    bench.apply(Yaml.model("ana"));
    var job = lives.job("ana-intake-").getMetadata().getName();
    bench.until("the event", () -> bench.calls.writes().contains("create events "));
    bench.quiet();

    assertThat(bench.calls.writes())
        .filteredOn(write -> write.contains("ana"))
        .contains(
            "patch headshotmodels ana",
            "patch headshotmodels/status ana",
            "create configmaps " + job,
            "create jobs " + job);
    assertThat(bench.calls.writes().indexOf("patch headshotmodels/status ana"))
        .as("the attempt is on record before the Job")
        .isLessThan(bench.calls.writes().indexOf("create jobs " + job));
  }

  @Test
  void aStageThatGoesAsItShouldCostsTwoStatusesAndOneEvent() {
    var train = lives.training("ana");
    bench.quiet();
    bench.calls.forget();

    bench.kubelet.endPod(train, 0, Said.done());
    bench.quiet();
    bench.kubelet.conclude(train, 0);
    var evaluate = lives.job("ana-evaluate-");
    bench.kubelet.hold(evaluate, "ContainerCreating", "");
    bench.until("the event", () -> bench.calls.writes().contains("create events "));
    bench.quiet();
    var name = evaluate.getMetadata().getName();
    assertThat(bench.calls.writes())
        .as("the end of one stage, and the start of the next up to a pod")
        .containsExactlyInAnyOrder(
            "patch headshotmodels/status ana",
            "create events ",
            "create configmaps " + name,
            "create networkpolicies " + name,
            "create jobs " + name);

    bench.calls.forget();
    bench.kubelet.starts(evaluate);
    bench.until("the news", () -> !bench.calls.writes().isEmpty());
    bench.quiet();
    assertThat(bench.calls.writes())
        .as("a pod that computes")
        .containsExactly("patch headshotmodels/status ana");
  }

  @Test
  void anEventThatMeansNothingWritesNothing() {
    var train = lives.training("ana");
    bench.quiet();
    bench.calls.forget();

    bench.reconciledAgain("HeadshotModel", () -> bench.kubelet.touch(train));

    assertThat(bench.calls.writes()).isEmpty();
  }

  @Test
  void aRestartWritesNothingWhateverStateResourcesAreIn() {
    lives.published("done");
    lives.failed("failed");
    lives.training("training");
    bench.apply(Yaml.model("lonely").replace("name: sd15", "name: missing"));
    bench.untilModel("lonely", "RuntimeNotFound");
    bench.apply(Yaml.model("paused").replace("spec:", "spec:\n  suspend: true"));
    bench.untilModel("paused", "Suspended");
    bench.apply(Yaml.VIDEO);
    bench.apply(Yaml.generation("waiting", "training"));
    bench.untilGeneration("waiting", "ModelNotReady");
    lives.drawn("drawn", "done");
    bench.untilRuntime("sd15", "Available");
    bench.quiet();

    bench.restart();
    bench.until("all models again", () -> bench.started("HeadshotModel") >= 5);
    bench.until("all jobs again", () -> bench.started("GenerationJob") >= 2);
    bench.until("the runtime again", () -> bench.started("DiffusionRuntime") >= 1);
    bench.until("the video again", () -> bench.started("VideoGenerator") >= 1);
    bench.quiet();

    assertThat(bench.calls.writes()).isEmpty();
  }

  @Test
  void theRuntimeCountsWhoUsesIt() {
    bench.apply(Yaml.model("one"));
    bench.apply(Yaml.model("two"));
    bench.apply(Yaml.VIDEO);

    bench.until(
        "three users", () -> bench.untilRuntime("sd15", "Available").getStatus().inUseBy() == 3);
  }

  @Test
  void aJobThatIsDrawnIsNeverDrawnAgain() {
    lives.published("ana");
    bench.apply(Yaml.generation("suits", "ana"));
    var sample = lives.job("suits-sample-");
    bench.kubelet.end(sample, 0, Said.drawn());
    bench.untilGeneration("suits", "Published");
    bench.quiet();
    bench.calls.forget();

    bench.reconciledAgain(
        "GenerationJob", () -> bench.user.batch().v1().jobs().resource(sample).delete());

    assertThat(bench.calls.writes()).isEmpty();
    assertThat(bench.kubelet.job("suits-")).isEmpty();
  }
}
