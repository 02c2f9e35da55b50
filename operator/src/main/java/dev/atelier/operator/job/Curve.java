package dev.atelier.operator.job;

import dev.atelier.api.EvaluationStatus;
import dev.atelier.api.MetricValue;
import dev.atelier.api.RoundStatus;
import dev.atelier.stage.JudgedRounds;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.TerminationMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The judged checkpoints of a run: what a status knows of them, with what a stage says. */
public final class Curve {

  private Curve() {}

  /** While training runs: a pod that resumed knows the rounds before it, so its word is whole. */
  public static EvaluationStatus soFar(@Nullable EvaluationStatus known, JudgedRounds said) {
    var rounds = rounds(said.bounded());
    return known == null
        ? new EvaluationStatus(null, List.of(), null, rounds)
        : new EvaluationStatus(known.selectedStep(), known.metrics(), known.gate(), rounds);
  }

  /**
   * At the end of a stage. Last words are short and may leave rounds out that the status knows;
   * evaluation, which comes after training, says nothing of them.
   */
  public static EvaluationStatus atTheEnd(
      @Nullable EvaluationStatus known, TerminationMessage.Evaluation said) {
    var before = known == null ? List.<RoundStatus>of() : known.rounds();
    var judged = said.rounds();
    var rounds =
        judged == null ? before : rounds(judged.with(before.stream().map(Curve::said).toList()));
    var measured = StageResults.evaluation(said);
    return new EvaluationStatus(
        measured.selectedStep(), measured.metrics(), measured.gate(), rounds);
  }

  private static List<RoundStatus> rounds(JudgedRounds judged) {
    return judged.rounds().stream()
        .map(
            round ->
                new RoundStatus(
                    round.step(),
                    StageResults.metrics(round.scores()),
                    judged.front().contains(round.step()),
                    Integer.valueOf(round.step()).equals(judged.selectedStep())))
        .toList();
  }

  private static JudgedRounds.Round said(RoundStatus round) {
    return new JudgedRounds.Round(round.step(), round.scores().stream().map(Curve::said).toList());
  }

  private static NamedValue said(MetricValue score) {
    return new NamedValue(score.name(), score.value());
  }
}
