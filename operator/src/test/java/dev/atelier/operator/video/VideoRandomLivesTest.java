package dev.atelier.operator.video;

import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.run.RunLife;
import dev.atelier.operator.testing.Words;
import dev.atelier.stage.TerminationMessage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever happens to a VideoGenerator in whatever order, the invariants hold. */
class VideoRandomLivesTest {

  @Test
  void theInvariantsHold() {
    for (int seed = 0; seed < 80; seed++) {
      new Life(seed, VideoWorld.prepared()).live();
    }
  }

  private static final class Life extends RunLife<VideoGenerator, VideoGeneratorStatus> {
    private final VideoWorld world;

    Life(int seed, VideoWorld world) {
      super(seed, world);
      this.world = world;
    }

    @Override
    protected void somebody(int dice) {
      switch (dice) {
        case 0, 1 -> world.suspend(random.nextBoolean());
        case 2 -> world.raiseNonce();
        case 3 -> world.runtimes.clear();
        case 4, 5 -> mend();
        default -> {}
      }
    }

    @Override
    protected Optional<TerminationMessage> said(String job) {
      return job.contains("-preparevideo-") ? VideoWorld.whole() : Words.done("well");
    }
  }
}
