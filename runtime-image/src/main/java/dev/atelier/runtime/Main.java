package dev.atelier.runtime;

import dev.atelier.runtime.report.StopRequest;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

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
    // A shutdown hook would come too late: hooks run side by side, and one of ONNX Runtime's takes
    // its native environment away from a stage that still finishes its step.
    Signal.handle(new Signal("TERM"), signal -> stop.stop("SIGTERM"));
    System.exit(run(stop));
  }

  private static int run(StopRequest stop) {
    try {
      var settings = RuntimeSettings.ofEnvironment();
      settings.parentPid().ifPresent(pid -> endWith(pid, stop));
      return new StageProcess(settings, stop, Clock.systemUTC()).run();
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger("atelier").error("the runtime could not start", e);
      return FAILED;
    }
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
