package dev.atelier.runtime.stage;

import dev.atelier.stage.LastWords;
import dev.atelier.stage.TerminationMessage;
import java.util.List;
import java.util.Optional;

/**
 * The last words of a stage that trained a model; of judged checkpoints they repeat what its
 * progress said last.
 *
 * @param steps that were taken
 * @param loss mean of the last losses; not a number where none was taken
 * @param more what there is to say after the loss, such as how the published step was found; empty
 *     where there is nothing
 */
record TrainedWords(
    int steps, double loss, String more, Optional<TerminationMessage.Evaluation> evaluation) {

  TerminationMessage say(StageContext context, List<TerminationMessage.Artifact> artifacts) {
    var words =
        new LastWords(
                TerminationMessage.Result.Succeeded,
                "Published",
                "trained %d steps%s%s".formatted(steps, lossSaid(), more))
            .lastCheckpoint(context.progress().now().lastCheckpoint())
            .artifacts(artifacts);
    evaluation
        .map(measured -> measured.with(context.progress().now().rounds()))
        .ifPresent(words::evaluation);
    return words.say();
  }

  private String lossSaid() {
    return Double.isNaN(loss) ? "" : ", loss " + TrainingProgress.number("%.4f", loss);
  }
}
