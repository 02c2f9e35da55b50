package dev.atelier.operator.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** ConfigMaps name, in their data, the Secrets that are to be woken. */
final class RelayTest {

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Relay<ConfigMap> relay = new Relay<>(ConfigMap.class);
  private final Cache cache = new Cache();
  private final List<String> woken = new ArrayList<>();

  @Test
  void aResourceWakesWhomItIsAbout() {
    var feed = started();

    feed.onResourceCreated(map("letter", "ana"));
    feed.onResourceDeleted(map("letter", "ana"));

    assertThat(woken).containsExactly("ana", "ana");
  }

  @Test
  void whoIsLeftIsWokenLikeWhoIsFound() {
    var feed = started();

    feed.onResourceUpdated(map("letter", "ben"), map("letter", "ana"));

    assertThat(woken).containsExactlyInAnyOrder("ana", "ben");
  }

  @Test
  void anUpdateThatIsNoNewsWakesNobody() {
    var feed = started();

    feed.onResourceUpdated(map("letter", "ana"), map("letter", "ana"));

    assertThat(woken).isEmpty();
  }

  @Test
  void nobodyIsWokenBeforeTheSourceHasStarted() {
    var feed = feed();
    source(LONG);

    feed.onResourceCreated(map("letter", "ana"));

    assertThat(woken).isEmpty();
  }

  @Test
  void aListenerThatFailsKeepsTheNewsFromNobody() {
    relay.listen(
        (before, now) -> {
          throw new IllegalStateException("for the test");
        });
    var feed = started();

    feed.onResourceCreated(map("letter", "ana"));

    assertThat(woken).containsExactly("ana");
  }

  @Test
  void allReadTheCacheOfTheKindsOwnController() {
    relay.index("before", map -> List.copyOf(map.getData().keySet()));
    feed();
    relay.index("after", map -> List.copyOf(map.getData().values()));
    var letter = map("letter", "ana");

    cache.known.put(ResourceID.fromResource(letter), letter);

    assertThat(relay.get(new ResourceID("letter", "post"))).containsSame(letter);
    assertThat(relay.get(new ResourceID("parcel", "post"))).isEmpty();
    assertThat(relay.byIndex("before", "to")).containsExactly(letter);
    assertThat(relay.byIndex("after", "ana")).containsExactly(letter);
    assertThat(relay.byIndex("after", "ben")).isEmpty();
  }

  @Test
  void aSourceStartsWhenTheCacheIsFilled() throws Exception {
    var feed = feed();
    var source = source(LONG);

    var starting = CompletableFuture.runAsync(source::start);
    assertThat(starting).isNotDone();
    assertThat(source.isRunning()).isFalse();
    feed.start();
    starting.get(LONG.toSeconds(), TimeUnit.SECONDS);

    assertThat(source.isRunning()).isTrue();
  }

  @Test
  void aCacheThatIsNeverFilledIsNamed() {
    feed();

    assertThatThrownBy(source(SHORT)::start)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("ConfigMaps")
        .hasMessageContaining("their own controller has not started");
  }

  @Test
  void aRelayWithoutAControllerIsNamed() {
    assertThatThrownBy(() -> relay.byIndex("any", "key"))
        .hasMessage("no controller of ConfigMap feeds this relay");
  }

  /** As the controller of ConfigMaps has it. */
  private RelayFeed<ConfigMap> feed() {
    relay.feed(new EventSourceContext<>(cache, null, null, ConfigMap.class));
    return new RelayFeed<>(ConfigMap.class, relay);
  }

  /** Both ends, at work. */
  private RelayFeed<ConfigMap> started() {
    var feed = feed();
    var source = source(LONG);
    feed.start();
    source.start();
    return feed;
  }

  /** As the controller of Secrets has it. */
  private RelaySource<ConfigMap, Secret> source(Duration patience) {
    var source =
        new RelaySource<ConfigMap, Secret>(
            relay,
            map -> Set.of(new ResourceID(map.getData().get("to"))),
            (now, before) -> !now.getData().equals(before.getData()),
            patience);
    source.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID().getName()));
    return source;
  }

  private static ConfigMap map(String name, String to) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("post")
        .endMetadata()
        .addToData("to", to)
        .build();
  }

  /** What an informer knows, by the functions that it is to know it by. */
  private static final class Cache implements IndexerResourceCache<ConfigMap> {

    private final Map<ResourceID, ConfigMap> known = new HashMap<>();
    private final Map<String, Function<ConfigMap, List<String>>> indexers = new HashMap<>();

    @Override
    public void addIndexers(Map<String, Function<ConfigMap, List<String>>> more) {
      indexers.putAll(more);
    }

    @Override
    public List<ConfigMap> byIndex(String name, String key) {
      return known.values().stream()
          .filter(map -> indexers.get(name).apply(map).contains(key))
          .toList();
    }

    @Override
    public Optional<ConfigMap> get(ResourceID id) {
      return Optional.ofNullable(known.get(id));
    }

    @Override
    public Stream<ResourceID> keys() {
      return known.keySet().stream();
    }

    @Override
    public Stream<ConfigMap> list(Predicate<ConfigMap> predicate) {
      return known.values().stream().filter(predicate);
    }

    @Override
    public Stream<ConfigMap> list(String namespace, Predicate<ConfigMap> predicate) {
      return list(map -> map.getMetadata().getNamespace().equals(namespace) && predicate.test(map));
    }
  }
}
