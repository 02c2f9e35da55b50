package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJob;
import dev.atelier.operator.generation.GenerationDecision.Expire;
import dev.atelier.operator.generation.GenerationDecision.Rest;
import dev.atelier.operator.job.Leftovers;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.StageKey;
import dev.atelier.stage.Stage;
import java.time.Instant;
import java.util.Set;

/** What a GenerationJob no longer needs once it has its pictures. */
final class GenerationLeftovers {

  private GenerationLeftovers() {}

  /**
   * As the status was before the decision: what is being read now stays until that is on record.
   */
  static Leftovers of(
      GenerationJob job, GenerationObserved seen, GenerationDecision decision, Instant now) {
    return Leftovers.of(seen.jobs(), read(job, decision), seen.runtime(), now);
  }

  private static Set<String> read(GenerationJob job, GenerationDecision decision) {
    var status = job.getStatus();
    var run = status == null ? null : status.run();
    if (run == null || decision instanceof Rest || decision instanceof Expire) {
      return Set.of();
    }
    var owner = Owner.of(job);
    return Leftovers.read(owner, run, StageKey.of(owner, Stage.SAMPLE, run));
  }
}
