package dev.atelier.runtime.serve;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was accepted; nothing of it changes.
 *
 * @param model name of the model that was asked
 * @param firstFrame key of the picture that its clip begins with, or absent
 * @param advised what the platform's rules advise against, and is drawn all the same
 */
public record Accepted(
    String id,
    String model,
    Instant createdAt,
    Order order,
    @Nullable String firstFrame,
    List<String> advised) {}
