package dev.atelier.local.cluster;

import java.security.SecureRandom;

/** Names made from {@code generateName}, with the alphabet that avoids words. */
final class Names {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Names() {}

  static void fill(ResourceType type, Metadata metadata) {
    if (!metadata.name().isEmpty()) {
      return;
    }
    String prefix = metadata.node().path("generateName").asText();
    if (prefix.isEmpty()) {
      throw ApiError.badRequest(
          "%s: metadata.name: Required value: name or generateName is required"
              .formatted(type.qualifiedKind()));
    }
    StringBuilder name = new StringBuilder(prefix.substring(0, Math.min(prefix.length(), 58)));
    for (int i = 0; i < 5; i++) {
      name.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    metadata.node().put("name", name.toString());
  }
}
