package dev.atelier.runtime.perception;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Models that are opened one after another and belong together: where one fails to open, those
 * before it are closed, and closing goes on where one fails to close. {@link #kept} hands them to
 * whoever closes them later.
 */
final class OpenModels implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Takes a model in; one that holds nothing is no {@link AutoCloseable} and needs no closing. */
  <T> T add(T model) {
    if (model instanceof AutoCloseable closeable) {
      open.push(closeable);
    }
    return model;
  }

  /** All are open: they are another's to close from now on. */
  <T> T kept(T owner) {
    open.clear();
    return owner;
  }

  /** Closes what was opened last first, each of them. */
  @Override
  public void close() {
    PerceptionException failed = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        var problem =
            new PerceptionException("a perception model could not be closed: " + e.getMessage(), e);
        if (failed == null) {
          failed = problem;
        } else {
          failed.addSuppressed(problem);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
