package dev.atelier.runtime.stage;

import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.stage.Stage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time is asked for in every step: asks to stop when the step before is done. */
final class StoppingClock extends Clock {
  private final StopRequest stop;
  private final int stopAfter;
  private ProgressReporter progress = new ProgressReporter(Stage.TRAIN, Clock.systemUTC());
  private int began = -1;

  StoppingClock(StopRequest stop, int stopAfter) {
    this.stop = stop;
    this.stopAfter = stopAfter;
  }

  /** The step that training began with. */
  int began() {
    return began;
  }

  void watch(ProgressReporter watched) {
    progress = watched;
  }

  @Override
  public Instant instant() {
    var now = progress.now();
    if (now.activity().startsWith("training")) {
      began = began < 0 ? now.step() : began;
      if (now.step() >= stopAfter - 1) {
        stop.stop("SIGTERM");
      }
    }
    return Instant.EPOCH;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
