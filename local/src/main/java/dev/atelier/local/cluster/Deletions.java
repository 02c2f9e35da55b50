package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** DELETE: graceful for pods, held back by finalizers, with the three propagation policies. */
final class Deletions {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  private final ObjectStore store;
  private final ObjectWrites writes;
  private final Clock clock;

  Deletions(ObjectStore store, ObjectWrites writes, Clock clock) {
    this.store = store;
    this.writes = writes;
    this.clock = clock;
  }

  /** The last state of the object, which is gone or waits for its finalizers. */
  ObjectNode delete(ResourceType type, ObjectKey key, JsonNode options) {
    ObjectNode object = store.get(key).orElseThrow(() -> ApiError.notFound(type, key.name()));
    if (options.get("preconditions") instanceof ObjectNode seen) {
      Preconditions.check(type, object, new Metadata(seen));
    }
    Metadata metadata = Metadata.of(object);
    propagate(metadata, options);
    long grace = graceSeconds(type, object, options);
    boolean first = !metadata.deleting();
    if (first || grace < metadata.graceSeconds()) {
      metadata
          .node()
          .put(
              "deletionTimestamp",
              clock.instant().plusSeconds(grace).truncatedTo(ChronoUnit.SECONDS).toString())
          .put("deletionGracePeriodSeconds", (int) grace);
    }
    if (first && metadata.node().has("generation")) {
      metadata.node().put("generation", metadata.generation() + 1);
    }
    if (first || !object.equals(store.get(key).orElse(object))) {
      return writes.storeOrFinish(key, object);
    }
    return object;
  }

  private static void propagate(Metadata metadata, JsonNode options) {
    String policy = options.path("propagationPolicy").asText();
    boolean orphan = options.path("orphanDependents").asBoolean() || policy.equals("Orphan");
    if (orphan) {
      metadata.addFinalizer(ORPHAN);
    } else if (policy.equals("Foreground")) {
      metadata.addFinalizer(FOREGROUND);
    }
  }

  /** Only a pod that is on a node and has not ended needs time; the node deletes it in the end. */
  private static long graceSeconds(ResourceType type, ObjectNode object, JsonNode options) {
    boolean pod = type.qualifiedPlural().equals("pods");
    boolean ended = List.of("Succeeded", "Failed").contains(object.at("/status/phase").asText());
    if (!pod || ended || object.at("/spec/nodeName").asText().isEmpty()) {
      return 0;
    }
    return options.has("gracePeriodSeconds")
        ? Math.max(0, options.path("gracePeriodSeconds").asLong())
        : object.at("/spec/terminationGracePeriodSeconds").asLong(30);
  }
}
