package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * All objects, their versions and the recent changes. Its monitor is the one lock of the API: a
 * request holds it from the read to the write, so that resource versions order all changes.
 */
final class ObjectStore {
  /** How many changes a watch may lag behind before it must list again. */
  private static final int HISTORY = 4096;

  private final Map<ObjectKey, ObjectNode> objects = new TreeMap<>(ObjectOrder.BY_KEY);
  private final Deque<Change> history = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private long version = 1;

  synchronized long version() {
    return version;
  }

  /** A copy of the object. */
  synchronized Optional<ObjectNode> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).map(ObjectNode::deepCopy);
  }

  /** The stored nodes themselves, in key order; callers must not change them. */
  synchronized Collection<Map.Entry<ObjectKey, ObjectNode>> all() {
    return new ArrayList<>(objects.entrySet());
  }

  /** Stores a copy under the next resource version and returns another one. */
  synchronized ObjectNode put(ObjectKey key, ObjectNode object) {
    ObjectNode stored = object.deepCopy();
    Metadata.of(stored).node().put("resourceVersion", Long.toString(++version));
    ObjectNode before = objects.put(key, stored);
    publish(new Change(key, Optional.ofNullable(before), Optional.of(stored), version));
    return stored.deepCopy();
  }

  synchronized void remove(ObjectKey key) {
    ObjectNode before = objects.remove(key);
    if (before != null) {
      ObjectNode last = before.deepCopy();
      Metadata.of(last).node().put("resourceVersion", Long.toString(++version));
      publish(new Change(key, Optional.of(last), Optional.empty(), version));
    }
  }

  /** Loads a saved object as it is, its version included. */
  synchronized void load(ObjectKey key, ObjectNode object) {
    objects.put(key, object.deepCopy());
    version = Math.max(version, Metadata.of(object).node().path("resourceVersion").asLong());
  }

  /** The changes after a version; empty when they are no longer known. */
  synchronized Optional<List<Change>> since(long since) {
    boolean known =
        history.isEmpty() ? since >= version : since >= history.getFirst().version() - 1;
    return known
        ? Optional.of(history.stream().filter(c -> c.version() > since).toList())
        : Optional.empty();
  }

  /** Calls back under the lock, so listeners must only hand over. */
  void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  private void publish(Change change) {
    history.addLast(change);
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
    listeners.forEach(l -> l.accept(change));
  }

  /**
   * One write.
   *
   * @param before what was stored; on removal the last state under the removal's version
   * @param after what is stored now, empty on removal
   */
  record Change(
      ObjectKey key, Optional<ObjectNode> before, Optional<ObjectNode> after, long version) {}
}
