package dev.atelier.operator.run;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.Children;
import dev.atelier.operator.job.Eraser;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.Leftovers;
import dev.atelier.operator.job.StageChildren;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageState;
import dev.atelier.stage.Stage;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;

/** Does what was decided about a run. */
final class RunActs<P extends CustomResource<?, ?>> {

  private final StagedKind<P, ?> kind;
  private final P resource;
  private final Staged staged;
  private final Children children;
  private final String defaultImage;

  RunActs(
      StagedKind<P, ?> kind, P resource, Staged staged, Children children, String defaultImage) {
    this.kind = kind;
    this.resource = resource;
    this.staged = staged;
    this.children = children;
    this.defaultImage = defaultImage;
  }

  void act(RunObserved seen, RunDecision decision) {
    if (decision instanceof RunDecision.Launch launch) {
      if (!launch.run().id().equals(present())) {
        discardStopped(seen);
      }
      manifests(seen, launch.run(), launch.spent().total()).ifPresent(children::apply);
    } else if (decision instanceof RunDecision.Follow follow) {
      restore(seen, follow);
    } else if (decision instanceof RunDecision.Supersede old) {
      stop(seen, old.jobs());
    } else if (decision instanceof RunDecision.Suspend suspend) {
      stop(seen, suspend.jobs());
    } else if (decision instanceof RunDecision.Forget forget) {
      erase(seen, forget.step(), "ConsentExpired");
    } else if (decision instanceof RunDecision.Move move) {
      erase(seen, move.step(), "Moved");
    }
  }

  /** Removes finished Jobs whose time is over. */
  void tidy(Leftovers leftovers) {
    leftovers.due().forEach(children::discard);
  }

  private String present() {
    var status = staged.status();
    return status == null || status.run() == null ? "" : status.run().id();
  }

  private void discardStopped(RunObserved seen) {
    RunLeftovers.stopped(staged, seen.jobs())
        .ifPresent(job -> children.discardFiles(staged.owner().namespace(), job));
  }

  private void restore(RunObserved seen, RunDecision.Follow follow) {
    var run = follow.run();
    var job = staged.spec().key(staged.owner(), run).jobName();
    if (follow.state() instanceof StageState.Waiting waiting && waiting.misses(job)) {
      long used = RunUsage.gpuSeconds(staged.status(), run);
      manifests(seen, run, used).ifPresent(children::restore);
    }
  }

  private Optional<StageChildren> manifests(RunObserved seen, RunStatus run, long gpuSecondsUsed) {
    return seen.runtime()
        .map(DiffusionRuntime::getSpec)
        .map(
            runtime ->
                RunManifests.of(
                    kind, resource, runtime, run, gpuSecondsUsed, image(seen.runtime())));
  }

  private void erase(RunObserved seen, Erasure step, String why) {
    var status = staged.status();
    if (status != null && status.run() != null) {
      var key = StageKey.of(staged.owner(), Stage.ERASE, status.run());
      var stopped = staged.spec().key(staged.owner(), status.run());
      new Eraser(children, seen.jobs(), key, stopped, seen.home(), image(seen.home()), why)
          .take(step);
    }
  }

  private void stop(RunObserved seen, List<String> jobs) {
    children.stop(seen.jobs(), jobs);
  }

  private String image(Optional<DiffusionRuntime> runtime) {
    return runtime.map(found -> found.getSpec().image()).orElse(defaultImage);
  }
}
