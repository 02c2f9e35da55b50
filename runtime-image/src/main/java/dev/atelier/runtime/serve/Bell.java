package dev.atelier.runtime.serve;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes whoever waits for something to change in this process. */
final class Bell {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rings = lock.newCondition();
  private long rung;

  /** Something changed. */
  void ring() {
    lock.lock();
    try {
      rung++;
      rings.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How often it has rung; asked before looking at what may change. */
  long heard() {
    lock.lock();
    try {
      return rung;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when it has rung since, or when so much time has passed. */
  void await(long heard, Duration atMost) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (rung == heard && left > 0) {
        left = rings.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
