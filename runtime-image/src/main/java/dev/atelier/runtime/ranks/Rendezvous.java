package dev.atelier.runtime.ranks;

import java.util.Map;
import java.util.Optional;

/**
 * Where ranks meet, by the names that torch.distributed reads.
 *
 * @param host of the first rank ({@code MASTER_ADDR})
 * @param port that it listens at ({@code MASTER_PORT})
 * @param size how many ranks there are ({@code WORLD_SIZE})
 * @param rank which of them this process is ({@code RANK})
 */
public record Rendezvous(String host, int port, int size, int rank) {

  private static final String WORLD_SIZE = "WORLD_SIZE";

  public Rendezvous {
    if (rank < 0 || rank >= size) {
      throw new IllegalArgumentException(
          "environment variable RANK is %d, it must be from 0 to %d with WORLD_SIZE %d"
              .formatted(rank, size - 1, size));
    }
  }

  /** What an environment says; empty where there is one process alone. */
  public static Optional<Rendezvous> of(Map<String, String> environment) {
    return environment.containsKey(WORLD_SIZE)
        ? Optional.of(
            new Rendezvous(
                value(environment, "MASTER_ADDR"),
                number(environment, "MASTER_PORT"),
                number(environment, WORLD_SIZE),
                number(environment, "RANK")))
        : Optional.empty();
  }

  /** Whether this is the process that the others come to. */
  public boolean first() {
    return rank == 0;
  }

  private static int number(Map<String, String> environment, String name) {
    var text = value(environment, name);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "environment variable %s is '%s', a number is needed".formatted(name, text), e);
    }
  }

  private static String value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "environment variable %s is not set, though %s is; the operator sets both"
                        .formatted(name, WORLD_SIZE)));
  }
}
