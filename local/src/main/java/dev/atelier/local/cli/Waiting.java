package dev.atelier.local.cli;

import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Watches resources until nothing more will happen to them. */
final class Waiting {

  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration SAVE = Duration.ofSeconds(5);

  /** So long nothing may run before what waits counts as stuck: controllers need a moment too. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final Supplier<List<Resource>> resources;
  private final Screen screen;
  private final Runnable save;
  private final Interrupts interrupts;
  private final Clock clock;

  /**
   * @param resources the newest state of those that are waited for
   * @param save called now and then, so that a crash loses little
   */
  Waiting(
      Supplier<List<Resource>> resources,
      Screen screen,
      Runnable save,
      Interrupts interrupts,
      Clock clock) {
    this.resources = resources;
    this.screen = screen;
    this.save = save;
    this.interrupts = interrupts;
    this.clock = clock;
  }

  WaitEnd until(Instant deadline) {
    var saved = clock.instant();
    var moving = clock.instant();
    while (true) {
      var now = clock.instant();
      var seen = resources.get();
      screen.show(seen);
      var outcomes = seen.stream().map(Outcome::of).toList();
      if (outcomes.stream().allMatch(Outcome::isFinal)) {
        return WaitEnd.SETTLED;
      }
      if (outcomes.contains(Outcome.RUNNING)) {
        moving = now;
      } else if (Duration.between(moving, now).compareTo(PATIENCE) > 0) {
        return WaitEnd.STUCK;
      }
      if (!now.isBefore(deadline)) {
        return WaitEnd.TIMEOUT;
      }
      if (Duration.between(saved, now).compareTo(SAVE) > 0) {
        save.run();
        saved = now;
      }
      if (interrupts.await(LOOK)) {
        return WaitEnd.INTERRUPTED;
      }
    }
  }
}
