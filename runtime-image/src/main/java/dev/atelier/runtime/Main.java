package dev.atelier.runtime;

import dev.atelier.runtime.report.StopRequest;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/**
 * The container's entry point. On SIGTERM, or when the parent process of workstation mode vanishes,
 * the stage finishes its step, saves, and the process ends with 75.
 */
public final class Main {

  private Main() {}

  /** Runs one stage. */
  public static void main(String[] arguments) {
    var settings = RuntimeSettings.ofEnvironment();
    var stop = new StopRequest();
    var exitCode = new CompletableFuture<Integer>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(stop, exitCode), "finish"));
    settings.parentPid().ifPresent(pid -> endWith(pid, stop));
    exitCode.complete(new StageProcess(settings, stop, Clock.systemUTC()).run());
    System.exit(exitCode.join());
  }

  /**
   * The JVM would end with 143 on SIGTERM however the stage ends; halting from here keeps the
   * contract's code.
   */
  private static void finish(StopRequest stop, CompletableFuture<Integer> exitCode) {
    if (!exitCode.isDone()) {
      stop.stop("SIGTERM");
      Runtime.getRuntime().halt(exitCode.join());
    }
  }

  private static void endWith(long parent, StopRequest stop) {
    ProcessHandle.of(parent)
        .ifPresentOrElse(
            process -> process.onExit().thenRun(() -> stop.stop("the parent process is gone")),
            () -> stop.stop("the parent process is gone"));
  }
}
