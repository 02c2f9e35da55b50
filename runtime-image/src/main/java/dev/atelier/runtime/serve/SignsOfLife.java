package dev.atelier.runtime.serve;

import dev.atelier.runtime.report.StopRequest;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the claim of the request that is drawn, with how far it is, and stops the drawing when the
 * request is deleted: by a clock of its own, as one step of a large model takes longer than others
 * wait for a sign.
 */
final class SignsOfLife implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final RequestStore store;
  private final RequestQueue queue;
  private final String id;
  private final StopRequest drawing;
  private final IntSupplier percent;
  private final ScheduledExecutorService timer;
  private boolean over;

  /**
   * @param drawing stops it
   * @param percent done
   */
  SignsOfLife(
      ServeTimes times,
      RequestStore store,
      RequestQueue queue,
      String id,
      StopRequest drawing,
      IntSupplier percent) {
    this.store = store;
    this.queue = queue;
    this.id = id;
    this.drawing = drawing;
    this.percent = percent;
    this.timer = Executors.newSingleThreadScheduledExecutor(SignsOfLife::daemon);
    long millis = times.renew().toMillis();
    var unused = timer.scheduleWithFixedDelay(this::sign, millis, millis, TimeUnit.MILLISECONDS);
  }

  private synchronized void sign() {
    if (over) {
      return;
    }
    try {
      if (store.exists(id)) {
        queue.renew(id, percent.getAsInt());
      } else {
        drawing.stop(Worker.DELETED);
      }
    } catch (RuntimeException e) {
      LOG.warn("{}: no sign of life: {}", id, e.getMessage());
    }
  }

  /** No sign is given after this returned. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
    }
    timer.shutdownNow();
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "signs-of-life");
    thread.setDaemon(true);
    return thread;
  }
}
