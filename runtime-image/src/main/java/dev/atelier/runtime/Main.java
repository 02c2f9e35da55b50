package dev.atelier.runtime;

import dev.atelier.runtime.report.StopRequest;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The container's entry point. On SIGTERM, or when the parent process of workstation mode vanishes,
 * the stage finishes its step, saves, and the process ends with 75.
 */
public final class Main {

  /** What Kubernetes grants between SIGTERM and SIGKILL by the operator's Jobs. */
  private static final long GRACE_SECONDS = 120;

  private static final int KILLED = 137;
  private static final int FAILED = 1;

  private Main() {}

  /** Runs one stage. */
  public static void main(String[] arguments) {
    var stop = new StopRequest();
    var exitCode = new CompletableFuture<Integer>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(stop, exitCode), "finish"));
    try {
      var settings = RuntimeSettings.ofEnvironment();
      settings.parentPid().ifPresent(pid -> endWith(pid, stop));
      exitCode.complete(new StageProcess(settings, stop, Clock.systemUTC()).run());
    } finally {
      if (exitCode.complete(FAILED)) {
        LoggerFactory.getLogger("atelier")
            .error("the runtime could not start; see the error below");
      }
    }
    System.exit(exitCode.join());
  }

  /**
   * The JVM would end with 143 on SIGTERM however the stage ends; halting from here keeps the
   * contract's code.
   */
  private static void finish(StopRequest stop, CompletableFuture<Integer> exitCode) {
    stop.stop("SIGTERM");
    Runtime.getRuntime().halt(exitCode.join());
  }

  private static void endWith(long parent, StopRequest stop) {
    ProcessHandle.of(parent)
        .map(ProcessHandle::onExit)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .thenRun(() -> orphaned(stop));
  }

  /** No kubelet is left to end a stage that does not stop by itself within the grace period. */
  private static void orphaned(StopRequest stop) {
    stop.stop("the parent process is gone");
    CompletableFuture.delayedExecutor(GRACE_SECONDS, TimeUnit.SECONDS)
        .execute(() -> Runtime.getRuntime().halt(KILLED));
  }
}
