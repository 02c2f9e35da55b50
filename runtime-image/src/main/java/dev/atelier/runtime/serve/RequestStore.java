package dev.atelier.runtime.serve;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Requests as they lie in the artifact store, for every replica: {@code requests/ID/} holds the
 * request, its first frame, its clips and its outcome; {@code open/ID/} holds the claim for as long
 * as there is no outcome. A request counts once it has a claim or an outcome, and no longer when
 * its own file is gone.
 */
final class RequestStore {

  /** A newer replica may write more than this one knows. */
  private static final ObjectMapper JSON =
      StageJson.json().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final String REQUEST = "request.json";
  private static final String OUTCOME = "outcome.json";
  private static final String CLAIM = "claim.json";

  private final ArtifactStore store;
  private final String requests;
  private final String open;

  /**
   * @param prefix directory of the served model's requests below the store's root
   */
  RequestStore(ArtifactStore store, String prefix) {
    this.store = store;
    this.requests = prefix + "/requests";
    this.open = prefix + "/open";
  }

  /** Directory of a request's files. */
  String folder(String id) {
    return requests + "/" + id;
  }

  /** Keeps a request; it is durable, and waits, when this returns. */
  void accept(Accepted accepted, Optional<byte[]> firstFrame) {
    firstFrame.ifPresent(picture -> store.put(String.valueOf(accepted.firstFrame()), picture));
    put(folder(accepted.id()) + "/" + REQUEST, accepted);
    claim(accepted.id(), Claim.NONE);
  }

  /** A request, if it counts. */
  Optional<Tracked> find(String id) {
    // Before the outcome: one that ends in between is seen with one of them, or both.
    var claim = claim(id);
    var outcome = outcome(id);
    return claim.isEmpty() && outcome.isEmpty()
        ? Optional.empty()
        : accepted(id)
            .map(one -> new Tracked(one, outcome.isPresent() ? Optional.empty() : claim, outcome));
  }

  Optional<Accepted> accepted(String id) {
    return read(folder(id) + "/" + REQUEST, Accepted.class);
  }

  Optional<Outcome> outcome(String id) {
    return read(folder(id) + "/" + OUTCOME, Outcome.class);
  }

  Optional<Claim> claim(String id) {
    return read(claimKey(id), Claim.class);
  }

  void claim(String id, Claim claim) {
    put(claimKey(id), claim);
  }

  /** Whether nobody has deleted it. */
  boolean exists(String id) {
    return accepted(id).isPresent();
  }

  void finish(String id, Outcome outcome) {
    put(folder(id) + "/" + OUTCOME, outcome);
    close(id);
  }

  /** Ends the wait of a request without saying anything of it. */
  void close(String id) {
    store.delete(open + "/" + id);
  }

  /** Deletes a request with all its files. */
  void delete(String id) {
    close(id);
    store.delete(folder(id));
  }

  /** Ids of requests without an outcome, the oldest first. */
  List<String> waiting() {
    return sorted(ids(open, CLAIM));
  }

  /** Ids of requests that count, the oldest first. */
  List<String> all(Api api) {
    var counted = ids(open, CLAIM);
    var keys = store.list(requests);
    counted.addAll(ids(keys, OUTCOME));
    counted.retainAll(ids(keys, REQUEST));
    counted.removeIf(id -> !RequestId.read(id).isOf(api));
    return sorted(counted);
  }

  /** Ids of everything that there are files of, the oldest first. */
  List<String> folders() {
    return sorted(
        store.list(requests).stream()
            .map(entry -> entry.key().substring(requests.length() + 1).split("/", 2)[0])
            .filter(RequestId::isOne)
            .collect(Collectors.toSet()));
  }

  /** A file of a request. */
  byte[] file(String key) {
    return store
        .read(key)
        .orElseThrow(
            () ->
                new StageFailure.StorageUnavailable(
                    "%s is not in %s any more; was the request deleted?"
                        .formatted(key, store.describe()),
                    null));
  }

  private Set<String> ids(String folder, String file) {
    return ids(store.list(folder), file);
  }

  private static Set<String> ids(List<ArtifactStore.Entry> entries, String file) {
    return entries.stream()
        .map(entry -> entry.key().split("/", -1))
        .filter(key -> key.length > 1 && key[key.length - 1].equals(file))
        .map(key -> key[key.length - 2])
        .filter(RequestId::isOne)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> sorted(Set<String> ids) {
    return ids.stream()
        .map(RequestId::read)
        .sorted(Comparator.comparing(RequestId::time).thenComparing(RequestId::text))
        .map(RequestId::text)
        .toList();
  }

  private String claimKey(String id) {
    return open + "/" + id + "/" + CLAIM;
  }

  private void put(String key, Object value) {
    store.put(key, StageJson.pretty(value));
  }

  private <T> Optional<T> read(String key, Class<T> form) {
    return store
        .read(key)
        .map(
            bytes -> {
              try {
                return JSON.readValue(bytes, form);
              } catch (IOException e) {
                throw new StageFailure.StorageUnavailable(
                    "%s in %s cannot be read: %s; delete it if it is damaged"
                        .formatted(key, store.describe(), e.getMessage()),
                    e);
              }
            });
  }
}
