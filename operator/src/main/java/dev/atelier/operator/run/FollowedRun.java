package dev.atelier.operator.run;

import dev.atelier.api.Reason;
import dev.atelier.operator.job.ProgressNews;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.job.StoreRoot;
import dev.atelier.stage.Progress;
import dev.atelier.stage.Stage;
import java.time.Duration;
import java.util.Optional;

/** What the status says while a stage is under way. */
final class FollowedRun {

  private final RunStatusDraft draft;
  private final Stage stage;
  private final Optional<StoreRoot> root;
  private final Duration progressInterval;

  FollowedRun(
      RunStatusDraft draft, Stage stage, Optional<StoreRoot> root, Duration progressInterval) {
    this.draft = draft;
    this.stage = stage;
    this.root = root;
    this.progressInterval = progressInterval;
  }

  void write(StageState state) {
    if (state instanceof StageState.Waiting waiting) {
      draft.quota(waiting);
      draft.ready(waiting.reason(), waiting.message());
    } else if (state instanceof StageState.Starting) {
      draft.quotaReserved();
      draft.starting(stage);
    } else if (state instanceof StageState.Running running) {
      draft.quotaReserved();
      running(running);
    } else if (state instanceof StageState.Ending) {
      draft.ready(Reason.Pending, stage.title() + " has ended; reading its result");
    } else if (state instanceof StageState.Stopping) {
      draft.ready(Reason.Pending, "waiting for the last pod to end");
    }
  }

  private void running(StageState.Running running) {
    var progress = ProgressNews.next(draft.progress, running.progress(), progressInterval);
    progress.ifPresent(
        news -> {
          if (!news.equals(draft.progress)) {
            draft.progress = news;
            running
                .progress()
                .map(Progress::lastCheckpoint)
                .ifPresent(reference -> draft.checkpoint(reference, root));
            running.progress().map(Progress::rounds).ifPresent(draft::judged);
          }
        });
    draft.ready(
        StagedSpec.reason(stage),
        progress.map(ProgressNews::text).orElse(stage.title() + " is running"));
  }
}
