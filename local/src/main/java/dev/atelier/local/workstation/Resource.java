package dev.atelier.local.workstation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Any Kubernetes resource as a document. Commands read resources this way, so that they show
 * whatever the API holds, whether it comes from a server or from a file.
 *
 * @param body the whole document
 */
public record Resource(JsonNode body) {

  /** The group of our own kinds. */
  public static final String GROUP = "atelier.dev";

  /** Such as {@code HeadshotModel}. */
  public String kind() {
    return body.path("kind").asText();
  }

  /** Such as {@code atelier.dev/v1alpha1}. */
  public String apiVersion() {
    return body.path("apiVersion").asText();
  }

  /** The name within its namespace. */
  public String name() {
    return body.path("metadata").path("name").asText();
  }

  /** The namespace, empty for a cluster-scoped resource. */
  public String namespace() {
    return body.path("metadata").path("namespace").asText();
  }

  /** The server's identity of this very object. */
  public String uid() {
    return body.path("metadata").path("uid").asText();
  }

  /** How a person names it: {@code HeadshotModel/ana}. */
  public String title() {
    return kind() + "/" + name();
  }

  /** Whether it is one of ours. */
  public boolean isAtelier() {
    return apiVersion().startsWith(GROUP + "/");
  }

  /** Counts changes of the spec. */
  public long generation() {
    return body.path("metadata").path("generation").asLong();
  }

  /** When the server first saw it. */
  public Optional<Instant> created() {
    return Condition.time(body.path("metadata").path("creationTimestamp").asText());
  }

  /** A label, or the empty text. */
  public String label(String key) {
    return body.path("metadata").path("labels").path(key).asText();
  }

  /** The status, a missing node where there is none yet. */
  public JsonNode status() {
    return body.path("status");
  }

  /** The conditions in the order of the document. */
  public List<Condition> conditions() {
    return stream(status().path("conditions")).map(Condition::of).toList();
  }

  /** The condition of a type. */
  public Optional<Condition> condition(String type) {
    return conditions().stream().filter(c -> c.type().equals(type)).findFirst();
  }

  /** Whether another resource is the same one: kind, namespace and name. */
  public boolean sameAs(Resource other) {
    return kind().equals(other.kind())
        && namespace().equals(other.namespace())
        && name().equals(other.name());
  }

  /** Whether an owner reference of this resource names the other. */
  public boolean ownedBy(Resource other) {
    return !other.uid().isEmpty()
        && stream(body.path("metadata").path("ownerReferences"))
            .anyMatch(owner -> owner.path("uid").asText().equals(other.uid()));
  }

  /** The elements of an array node, none if it is missing. */
  public static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
