package dev.atelier.operator.relay;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the controller of a kind sees of its resources, for other controllers. It holds no copies:
 * all read that controller's cache.
 *
 * @param <R> the kind
 */
public final class Relay<R extends HasMetadata> {

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Class<R> type;
  private final Map<String, Function<R, List<String>>> indexers = new HashMap<>();
  private final List<RelayListener<R>> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch filled = new CountDownLatch(1);
  private volatile @Nullable IndexerResourceCache<R> cache;

  Relay(Class<R> type) {
    this.type = type;
  }

  /** The source that the kind's own controller registers; nothing is woken by it. */
  public synchronized EventSource<?, R> feed(EventSourceContext<R> own) {
    own.getPrimaryCache().addIndexers(indexers);
    cache = own.getPrimaryCache();
    return new RelayFeed<>(type, this);
  }

  /**
   * Has the cache find resources by the keys of a function, before the controllers start.
   *
   * @param name of the index, one of its kind
   */
  public synchronized void index(String name, Function<R, List<String>> keys) {
    var fed = cache;
    if (fed == null) {
      indexers.put(name, keys);
    } else {
      fed.addIndexer(name, keys);
    }
  }

  /** The resource of that name, if there is one. */
  public Optional<R> get(ResourceID id) {
    return cache().get(id);
  }

  /** The resources that a function of {@link #index} gave that key. */
  public List<R> byIndex(String name, String key) {
    return cache().byIndex(name, key);
  }

  Class<R> type() {
    return type;
  }

  void listen(RelayListener<R> listener) {
    listeners.add(listener);
  }

  /**
   * A listener that fails takes the news away from nobody else, the kind's own controller above
   * all.
   */
  void changed(@Nullable R before, @Nullable R now) {
    for (var listener : listeners) {
      try {
        listener.changed(before, now);
      } catch (RuntimeException e) {
        LOG.error("cannot tell of a {} that changed", type.getSimpleName(), e);
      }
    }
  }

  /** The cache knows all that was there when its controller started. */
  void filled() {
    filled.countDown();
  }

  /**
   * Waits until the cache knows all that is there: the controllers start side by side.
   *
   * @throws OperatorException if the kind's own controller does not get as far
   */
  void awaitFilled(Duration patience) {
    try {
      if (!filled.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new OperatorException(
            "%ss are not there after %d s: their own controller has not started"
                .formatted(type.getSimpleName(), patience.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperatorException("interrupted while " + type.getSimpleName() + "s come", e);
    }
  }

  private IndexerResourceCache<R> cache() {
    return Objects.requireNonNull(
        cache, () -> "no controller of " + type.getSimpleName() + " feeds this relay");
  }
}
