package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.workstation.Applier;
import dev.atelier.local.workstation.Fresh;
import dev.atelier.local.workstation.Manifest;
import dev.atelier.local.workstation.ManifestFiles;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Platform;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.StateLock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One {@code atelier run}: apply, watch, report. */
final class RunSession {

  private final Console console;
  private final Path here;
  private final Platform.Opener opener;
  private final ApiKinds kinds;
  private final Interrupts interrupts;
  private final Clock clock;

  /**
   * @param here the caller's directory
   * @param opener starts API and controllers
   */
  RunSession(
      Console console,
      Path here,
      Platform.Opener opener,
      ApiKinds kinds,
      Interrupts interrupts,
      Clock clock) {
    this.console = console;
    this.here = here;
    this.opener = opener;
    this.kinds = kinds;
    this.interrupts = interrupts;
    this.clock = clock;
  }

  /** Runs it and returns the exit code. */
  int run(RunRequest request) {
    var manifests = ManifestFiles.read(request.files().stream().map(here::resolve).toList());
    var screen = request.json() ? new JsonScreen(console, clock) : Screen.on(console);
    try (var lock = StateLock.acquire(request.state())) {
      if (lock.wasLeftBehind()) {
        screen.say("The run before this one did not end by itself; continuing from what it saved.");
      }
      if (request.fresh()) {
        var gone = new Fresh(request.state()).forget(manifests);
        gone.forEach(
            title -> screen.say("Starting " + title + " anew: its earlier run is erased."));
      }
      try (var platform = opener.open(request.state())) {
        return run(request, manifests, platform, screen);
      }
    }
  }

  private int run(RunRequest request, List<Manifest> manifests, Platform platform, Screen screen) {
    var started = clock.instant();
    var refusals = new Applier(platform.client()).apply(manifests);
    if (!refusals.isEmpty()) {
      new ErrorList(console, here).print(refusals);
      return ExitStatus.FAILED;
    }
    var wanted = manifests.stream().map(Manifest::resource).filter(Resource::isAtelier).toList();
    var source = new ApiSource(platform.client(), Optional.empty(), false);
    Supplier<List<Resource>> resources = () -> newest(source, wanted);
    var report = new RunReport(console, here, request, source, kinds);
    if (resources.get().stream().map(Outcome::of).allMatch(Outcome::isFinal)) {
      platform.save();
      report.already(resources.get());
      return ExitStatus.of(resources.get());
    }
    platform.start();
    var end =
        new Waiting(resources, screen, platform::save, interrupts, clock)
            .until(started.plus(request.timeout()));
    if (end == WaitEnd.INTERRUPTED || end == WaitEnd.TIMEOUT) {
      screen.say(
          "Stopping: pods finish their step and write a checkpoint (Ctrl-C again to force).");
    }
    platform.stop();
    report.ended(end, resources.get(), Duration.between(started, clock.instant()));
    return end == WaitEnd.INTERRUPTED ? ExitStatus.INTERRUPTED : ExitStatus.of(resources.get());
  }

  private List<Resource> newest(ResourceSource source, List<Resource> wanted) {
    var all = kinds.ours().stream().flatMap(kind -> source.list(kind).stream()).toList();
    // Somebody may delete one of them meanwhile.
    return wanted.stream().flatMap(w -> all.stream().filter(w::sameAs).limit(1)).toList();
  }
}
