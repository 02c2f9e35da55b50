package dev.atelier.runtime.tensor;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Owns every tensor that the thread makes while the scope is the innermost one, and frees them when
 * it closes; {@link #keep} hands one to the scope around it. One scope per step and per block keeps
 * memory flat.
 *
 * <p>A scope belongs to the thread that opened it, and scopes close in the reverse order of
 * opening. The first scope of a thread also turns gradient recording and the optimizer of scripts
 * off there: libtorch starts every new thread with both on.
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<Deque<Scope>> OPEN =
      ThreadLocal.withInitial(
          () -> {
            JniUtils.setGradMode(false);
            // The optimizer rewrites an operator after its first calls, and rounds otherwise then:
            // a resumed run would differ from an uninterrupted one.
            JniUtils.setGraphExecutorOptimize(false);
            return new ArrayDeque<>();
          });

  private final Set<Tensor> owned = Collections.newSetFromMap(new IdentityHashMap<>());

  private Scope() {}

  /** Opens a scope on this thread. */
  public static Scope open() {
    var scope = new Scope();
    OPEN.get().push(scope);
    return scope;
  }

  /** Hands the tensor to the scope around this one (to nobody if there is none: close it then). */
  public Tensor keep(Tensor tensor) {
    if (owned.remove(tensor)) {
      Scope outer = around();
      if (outer != null) {
        outer.owned.add(tensor);
      }
    }
    return tensor;
  }

  /** Takes the tensor out of every scope of this thread: it lives until it is closed. */
  public static Tensor release(Tensor tensor) {
    OPEN.get().forEach(scope -> scope.owned.remove(tensor));
    return tensor;
  }

  @Override
  public void close() {
    Deque<Scope> open = OPEN.get();
    if (open.peek() != this) {
      throw new IllegalStateException(
          "Scopes close in the reverse order of opening, on the thread that opened them.");
    }
    open.pop();
    owned.forEach(Tensor::free);
    owned.clear();
  }

  static Tensor register(Tensor tensor) {
    Scope innermost = OPEN.get().peek();
    if (innermost != null) {
      innermost.owned.add(tensor);
    }
    return tensor;
  }

  static void forget(Tensor tensor) {
    OPEN.get().forEach(scope -> scope.owned.remove(tensor));
  }

  private @org.jspecify.annotations.Nullable Scope around() {
    boolean next = false;
    for (Scope scope : OPEN.get()) {
      if (next) {
        return scope;
      }
      next = scope == this;
    }
    return null;
  }
}
