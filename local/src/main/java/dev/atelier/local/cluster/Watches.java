package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** Open watches. Events leave in the order of their versions, through one thread. */
final class Watches {
  private final ObjectStore store;
  private final Executor sender;
  private final Set<Watch> open = ConcurrentHashMap.newKeySet();

  Watches(ObjectStore store, Executor sender) {
    this.store = store;
    this.sender = sender;
  }

  void onChange(ObjectStore.Change change) {
    sender.execute(() -> open.forEach(w -> w.offer(change)));
  }

  /** A listener that starts the watch when the socket opens. */
  WebSocketListener watch(
      Predicate<ObjectKey> keys, Predicate<JsonNode> selector, String resourceVersion) {
    long since = resourceVersion.isEmpty() ? 0 : Long.parseLong(resourceVersion);
    return new Watch(keys, selector, since);
  }

  private final class Watch extends WebSocketListener {
    private final Predicate<ObjectKey> keys;
    private final Predicate<JsonNode> selector;
    private final long since;
    private volatile long sent;
    private volatile Runnable close = () -> {};
    private volatile java.util.function.Consumer<String> send = text -> {};

    Watch(Predicate<ObjectKey> keys, Predicate<JsonNode> selector, long since) {
      this.keys = keys;
      this.selector = selector;
      this.since = since;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
      send = socket::send;
      close = () -> socket.close(1000, "");
      sender.execute(this::start);
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      open.remove(this);
      socket.close(1000, "");
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
      open.remove(this);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable error, Response response) {
      open.remove(this);
      socket.close(1000, "");
    }

    private void start() {
      synchronized (store) {
        if (since == 0) {
          store.all().stream()
              .filter(e -> keys.test(e.getKey()) && selector.test(e.getValue()))
              .forEach(e -> event("ADDED", e.getValue()));
        } else {
          List<ObjectStore.Change> missed = store.since(since).orElse(null);
          if (missed == null) {
            event("ERROR", ApiError.expired(since).toStatus());
            close.run();
            return;
          }
          missed.forEach(this::emit);
        }
        sent = store.version();
        open.add(this);
      }
    }

    private void offer(ObjectStore.Change change) {
      if (change.version() > sent) {
        emit(change);
      }
    }

    /** A change that moves an object into or out of the selection is an addition or a removal. */
    private void emit(ObjectStore.Change change) {
      if (!keys.test(change.key())) {
        return;
      }
      boolean was = change.before().filter(selector::test).isPresent();
      boolean is = change.after().filter(selector::test).isPresent();
      if (is) {
        event(was ? "MODIFIED" : "ADDED", change.after().orElseThrow());
      } else if (was) {
        event("DELETED", change.after().or(change::before).orElseThrow());
      }
    }

    private void event(String type, ObjectNode object) {
      ObjectNode event = FieldSets.empty().put("type", type);
      event.set("object", object);
      send.accept(event.toString());
    }
  }
}
