package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a writer says it has seen must still be so. */
final class Preconditions {
  private Preconditions() {}

  static void check(ResourceType type, ObjectNode stored, Metadata seen) {
    Metadata now = Metadata.of(stored);
    if (!seen.uid().isEmpty() && !seen.uid().equals(now.uid())) {
      throw ApiError.conflict(
          type,
          now.name(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(seen.uid(), now.uid()));
    }
    if (!seen.resourceVersion().isEmpty()
        && !seen.resourceVersion().equals(now.resourceVersion())) {
      throw ApiError.modified(type, now.name());
    }
  }
}
