package dev.atelier.runtime.pretrain;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Says how a run goes: a line for each event, and at most one in a while for each activity. */
final class RunLog {

  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final PrintStream out;
  private final Clock clock;
  private String activity = "";
  private Instant since = Instant.EPOCH;
  private Instant said = Instant.EPOCH;
  private int first;

  RunLog(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  void say(String line) {
    out.printf("%s  %s%n", clock.instant().truncatedTo(ChronoUnit.SECONDS), line);
    out.flush();
  }

  /** An activity has done so many of its steps. */
  void progress(String what, int done, int all, String values) {
    var now = clock.instant();
    if (!what.equals(activity)) {
      activity = what;
      since = now;
      first = done;
      said = Instant.EPOCH;
    }
    if (done < all && Duration.between(said, now).compareTo(PAUSE) < 0) {
      return;
    }
    said = now;
    say("%s %d/%d%s%s".formatted(what, done, all, pace(done, all, now), values));
  }

  private String pace(int done, int all, Instant now) {
    if (done <= first) {
      return "";
    }
    double each = Duration.between(since, now).toMillis() / 1e3 / (done - first);
    return String.format(
        Locale.ROOT, "  %.2f s each, %d min left", each, Math.round(each * (all - done) / 60));
  }
}
