package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.workstation.Platform;
import dev.atelier.local.workstation.WorkstationPlatform;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What commands work with. What takes time or changes the process is made when it is asked for, so
 * that {@code --help} costs nothing.
 *
 * @param kindsSource reads the kinds
 * @param signals takes over Ctrl-C
 */
public record Services(
    CliSettings settings,
    Console console,
    Supplier<ApiKinds> kindsSource,
    Platform.Opener opener,
    Supplier<Interrupts> signals,
    Clock clock) {

  /** 128 + SIGINT. */
  private static final int FORCED = 130;

  /** Those of a process of its own: its second Ctrl-C ends it at once. */
  static Services ofProcess(CliSettings settings, Console console, Clock clock) {
    return new Services(
        settings,
        console,
        ApiKinds::load,
        state -> WorkstationPlatform.openQuietly(state, clock),
        () -> Interrupts.ofProcess(() -> Runtime.getRuntime().halt(FORCED)),
        clock);
  }

  /** The kinds that commands know. */
  ApiKinds kinds() {
    return kindsSource.get();
  }

  /** Ctrl-C from now on asks for an orderly end. */
  Interrupts interrupts() {
    return signals.get();
  }
}
