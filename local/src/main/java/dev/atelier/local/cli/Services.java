package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.workstation.Platform;
import java.time.Clock;

/** What commands work with. */
public record Services(
    CliSettings settings,
    Console console,
    ApiKinds kinds,
    Platform.Opener opener,
    Interrupts interrupts,
    Clock clock) {}
