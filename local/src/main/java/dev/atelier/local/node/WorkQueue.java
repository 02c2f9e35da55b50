package dev.atelier.local.node;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys to look at, one at a time; a key that waits already is not added again. */
final class WorkQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
  private static final Duration RETRY = Duration.ofMillis(100);

  private final Consumer<String> work;
  private final ScheduledExecutorService thread;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  WorkQueue(String name, Consumer<String> work) {
    this.work = work;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            r -> {
              Thread t = new Thread(r, name);
              t.setDaemon(true);
              return t;
            });
  }

  void add(String key) {
    if (waiting.add(key)) {
      schedule(
          () -> {
            waiting.remove(key);
            run(key);
          },
          Duration.ZERO);
    }
  }

  /** Adds a key later, whatever happens to it before. */
  void add(String key, Duration delay) {
    if (delay.isZero()) {
      add(key);
    } else {
      schedule(() -> add(key), delay);
    }
  }

  /** Runs something else on the queue's thread. */
  void schedule(Runnable task, Duration delay) {
    try {
      var scheduled = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      LOG.trace("scheduled {}", scheduled);
    } catch (RejectedExecutionException closed) {
      LOG.trace("closed", closed);
    }
  }

  private void run(String key) {
    try {
      work.accept(key);
    } catch (KubernetesClientException e) {
      if (thread.isShutdown()) {
        return;
      }
      // A conflict or a vanished object is a reason to look again, not to complain.
      if (e.getCode() != 404 && e.getCode() != 409) {
        LOG.warn("{} failed, trying again", key, e);
      }
      add(key, RETRY);
    } catch (RuntimeException e) {
      LOG.error("{} failed", key, e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
