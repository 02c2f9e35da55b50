package dev.atelier.local.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/** Ctrl-C and {@code kill}: the first asks for an orderly end, the second takes the short way. */
public interface Interrupts {

  /** Waits a while; returns true at once when somebody asks for the end. */
  boolean await(Duration time);

  /** Nobody ever interrupts. */
  static Interrupts none() {
    return of(new CountDownLatch(1));
  }

  /** The signals INT and TERM of this process. */
  static Interrupts ofProcess(Runnable second) {
    var asked = new CountDownLatch(1);
    for (var name : new String[] {"INT", "TERM"}) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (asked.getCount() == 0) {
              second.run();
            }
            asked.countDown();
          });
    }
    return of(asked);
  }

  /** Asked for by a latch that reaches zero. */
  static Interrupts of(CountDownLatch asked) {
    return time -> {
      try {
        return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    };
  }
}
