package dev.atelier.runtime.ranks;

import dev.atelier.stage.PodVariable;
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

  public Rendezvous {
    if (rank < 0 || rank >= size) {
      throw new IllegalArgumentException(
          "environment variable RANK is %d, it must be from 0 to %d with WORLD_SIZE %d"
              .formatted(rank, size - 1, size));
    }
  }

  /** What an environment says; empty where there is one process alone. */
  public static Optional<Rendezvous> of(Map<String, String> environment) {
    return PodVariable.WORLD_SIZE.in(environment).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rendezvous(
                value(environment, PodVariable.MASTER_ADDR),
                number(environment, PodVariable.MASTER_PORT),
                number(environment, PodVariable.WORLD_SIZE),
                number(environment, PodVariable.RANK)));
  }

  /** Whether this is the process that the others come to. */
  public boolean first() {
    return rank == 0;
  }

  private static int number(Map<String, String> environment, PodVariable variable) {
    value(environment, variable);
    return Math.toIntExact(variable.number(environment).orElseThrow());
  }

  private static String value(Map<String, String> environment, PodVariable variable) {
    var text = variable.in(environment);
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "environment variable %s is not set, though %s is; the operator sets both"
              .formatted(variable.variable(), PodVariable.WORLD_SIZE.variable()));
    }
    return text;
  }
}
