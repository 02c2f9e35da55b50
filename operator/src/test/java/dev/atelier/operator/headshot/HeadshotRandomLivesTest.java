package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotModel;
import dev.atelier.api.HeadshotStatus;
import dev.atelier.operator.run.RunLife;
import dev.atelier.operator.testing.Resources;
import dev.atelier.operator.testing.Words;
import dev.atelier.stage.TerminationMessage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever happens to a HeadshotModel in whatever order, the invariants hold. */
class HeadshotRandomLivesTest {

  @Test
  void theInvariantsHold() {
    for (int seed = 0; seed < 150; seed++) {
      new Life(seed, new HeadshotWorld()).live();
    }
  }

  private static final class Life extends RunLife<HeadshotModel, HeadshotStatus> {
    private final HeadshotWorld world;

    /** In every other life finished Jobs go soon. */
    Life(int seed, HeadshotWorld world) {
      super(seed, world);
      this.world = world;
      world.runtimes.clear();
      world.runtimes.add(seed % 2 == 0 ? Resources.runtime() : Resources.tidyRuntime());
    }

    @Override
    protected void somebody(int dice) {
      switch (dice) {
        case 0 -> world.suspend(random.nextBoolean());
        case 1 -> world.raiseNonce();
        case 2 -> world.edit(spec -> new Edit(spec).limits(7200, random.nextInt(4), 0));
        case 3 -> world.runtimes.clear();
        case 4, 5 -> mend();
        case 6 ->
            world.edit(
                spec -> new Edit(spec).consentUntil(world.now.plusSeconds(random.nextInt(600))));
        case 7 -> world.edit(spec -> new Edit(spec).consentUntil(null));
        default -> {}
      }
    }

    @Override
    protected Optional<TerminationMessage> said(String job) {
      return Words.photos();
    }
  }
}
