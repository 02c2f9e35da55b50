package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Whoever has the token may do everything; leader election asks before it starts. */
final class AccessReviews {
  private AccessReviews() {}

  static ObjectNode answer(ObjectNode review) {
    ObjectNode status = review.putObject("status").put("allowed", true).put("incomplete", false);
    ObjectNode rule = status.putArray("resourceRules").addObject();
    rule.putArray("verbs").add("*");
    rule.putArray("apiGroups").add("*");
    rule.putArray("resources").add("*");
    status.putArray("nonResourceRules");
    return review;
  }
}
