package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Deletes what lost its owner, as the garbage collector of kube-controller-manager does; and the
 * content of deleted namespaces.
 */
final class GarbageCollector {
  private final ObjectStore store;
  private final ResourceTypes types;
  private final ObjectWrites writes;
  private final Deletions deletions;
  private final Executor executor;

  GarbageCollector(
      ObjectStore store,
      ResourceTypes types,
      ObjectWrites writes,
      Deletions deletions,
      Executor executor) {
    this.store = store;
    this.types = types;
    this.writes = writes;
    this.deletions = deletions;
    this.executor = executor;
  }

  void onChange(ObjectStore.Change change) {
    ObjectNode object = change.after().or(change::before).orElseThrow();
    Metadata metadata = Metadata.of(object);
    if (change.after().isEmpty()) {
      executor.execute(() -> ownerGone(change.key(), metadata.uid()));
    } else if (metadata.deleting() && !metadata.finalizers().isEmpty()) {
      executor.execute(() -> release(change.key()));
    } else if (change.before().isEmpty() && !metadata.owners().isEmpty()) {
      executor.execute(() -> collectIfOrphaned(change.key()));
    }
    for (JsonNode owner : metadata.owners()) {
      if (change.after().isEmpty() && owner.path("blockOwnerDeletion").asBoolean()) {
        executor.execute(() -> releaseOwner(owner.path("uid").asText()));
      }
    }
  }

  /** Looks at everything once, after objects were loaded. */
  void sweep() {
    store.all().forEach(entry -> executor.execute(() -> collectIfOrphaned(entry.getKey())));
  }

  private void ownerGone(ObjectKey owner, String uid) {
    synchronized (store) {
      keys(o -> Metadata.of(o).ownedBy(uid)).forEach(this::collectIfOrphaned);
      if (owner.group().isEmpty() && owner.plural().equals("namespaces")) {
        keys(o -> Metadata.of(o).namespace().equals(owner.name()))
            .forEach(key -> delete(key, "Background"));
      }
    }
  }

  private void collectIfOrphaned(ObjectKey key) {
    synchronized (store) {
      ObjectNode object = store.get(key).orElse(null);
      if (object == null || Metadata.of(object).owners().isEmpty()) {
        return;
      }
      Metadata metadata = Metadata.of(object);
      List<String> gone =
          metadata.owners().stream()
              .map(o -> o.path("uid").asText())
              .filter(uid -> keys(o -> Metadata.of(o).uid().equals(uid)).isEmpty())
              .toList();
      if (gone.size() == metadata.owners().size()) {
        delete(key, "Background");
      } else if (!gone.isEmpty()) {
        gone.forEach(metadata::removeOwner);
        writes.storeOrFinish(key, object);
      }
    }
  }

  /** Does what the collector's own finalizers on a deleted object wait for. */
  private void release(ObjectKey key) {
    synchronized (store) {
      ObjectNode object = store.get(key).orElse(null);
      if (object == null) {
        return;
      }
      Metadata metadata = Metadata.of(object);
      List<ObjectKey> dependents = keys(o -> Metadata.of(o).ownedBy(metadata.uid()));
      if (metadata.finalizers().contains(Deletions.ORPHAN)) {
        dependents.forEach(d -> disown(d, metadata.uid()));
        metadata.removeFinalizer(Deletions.ORPHAN);
        writes.storeOrFinish(key, object);
      } else if (metadata.finalizers().contains(Deletions.FOREGROUND)) {
        dependents.stream().filter(d -> !deleting(d)).forEach(d -> delete(d, "Foreground"));
        if (keys(o -> blocks(o, metadata.uid())).isEmpty()) {
          metadata.removeFinalizer(Deletions.FOREGROUND);
          writes.storeOrFinish(key, object);
        }
      }
    }
  }

  private void releaseOwner(String uid) {
    synchronized (store) {
      keys(o -> Metadata.of(o).uid().equals(uid) && Metadata.of(o).deleting())
          .forEach(this::release);
    }
  }

  private void disown(ObjectKey dependent, String uid) {
    store
        .get(dependent)
        .ifPresent(
            object -> {
              Metadata.of(object).removeOwner(uid);
              writes.storeOrFinish(dependent, object);
            });
  }

  private boolean deleting(ObjectKey key) {
    return store.get(key).map(o -> Metadata.of(o).deleting()).orElse(true);
  }

  private static boolean blocks(ObjectNode object, String uid) {
    return Metadata.of(object).owners().stream()
        .anyMatch(
            o -> o.path("uid").asText().equals(uid) && o.path("blockOwnerDeletion").asBoolean());
  }

  private List<ObjectKey> keys(Predicate<ObjectNode> filter) {
    return store.all().stream()
        .filter(e -> filter.test(e.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void delete(ObjectKey key, String policy) {
    ObjectNode options = FieldSets.empty().put("propagationPolicy", policy);
    types.all().stream()
        .filter(t -> t.group().equals(key.group()) && t.plural().equals(key.plural()))
        .findFirst()
        .ifPresent(type -> deletions.delete(type, key, options));
  }
}
