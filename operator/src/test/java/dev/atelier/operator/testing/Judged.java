package dev.atelier.operator.testing;

import dev.atelier.stage.JudgedRounds;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.Progress;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a training says that judges its checkpoints. */
public final class Judged {

  private Judged() {}

  /** A round of a portrait. */
  public static JudgedRounds.Round portrait(int step, String identity) {
    return new JudgedRounds.Round(
        step,
        List.of(
            new NamedValue("identity", identity),
            new NamedValue("promptAlignment", "0.8"),
            new NamedValue("memorisation", "0.6")));
  }

  /** A round of a video model. */
  public static JudgedRounds.Round video(int step, String loss) {
    return new JudgedRounds.Round(step, List.of(new NamedValue("validationLoss", loss)));
  }

  /** The latest round is the best, and alone on the front. */
  public static JudgedRounds rising(JudgedRounds.Round... rounds) {
    int best = rounds[rounds.length - 1].step();
    return JudgedRounds.of(List.of(rounds), List.of(best), best);
  }

  /** How far a training of 800 steps is. */
  public static Progress at(int step, @Nullable JudgedRounds rounds, Instant now) {
    return new Progress(
        "Train", "training", step, 800, step / 8, null, now, List.of(), null, rounds);
  }

  /** A training that is done. */
  public static Optional<TerminationMessage> trained(JudgedRounds rounds) {
    int selected = Stream.ofNullable(rounds.selectedStep()).findFirst().orElseThrow();
    return Optional.of(
        new LastWords(Result.Succeeded, "Published", "trained 800 steps")
            .evaluation(new TerminationMessage.Evaluation(selected, List.of(), "None", rounds))
            .say());
  }
}
