package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import java.util.List;
import java.util.stream.Stream;

/** Where a run's noise levels come from: from its timesteps, or spread by a rule of their own. */
enum SigmaSpacing {
  TIMESTEPS(""),
  /** Karras et al. 2022, formula 5. */
  KARRAS("use_karras_sigmas"),
  /** Lu et al. 2022: evenly spaced in lambda. */
  LU_LAMBDAS("use_lu_lambdas"),
  EXPONENTIAL("use_exponential_sigmas"),
  FLOW("use_flow_sigmas");

  private final String field;

  SigmaSpacing(String field) {
    this.field = field;
  }

  /** The one whose field is set; fails on two, and on those that are not built. */
  static SigmaSpacing from(ModelConfig config) {
    config.require("use_beta_sigmas", false);
    List<SigmaSpacing> set =
        Stream.of(values())
            .filter(spacing -> spacing != TIMESTEPS && config.flag(spacing.field, false))
            .toList();
    if (set.size() > 1) {
      throw new UnsupportedConfigException(
          "%s sets %s and %s; only one can be followed."
              .formatted(config, set.get(0).field, set.get(1).field));
    }
    return set.isEmpty() ? TIMESTEPS : set.get(0);
  }

  /** Sigmas from the largest to the smallest by this rule, which looks at nothing else. */
  double[] between(double largest, double smallest, int steps) {
    return switch (this) {
      case KARRAS -> SigmaTable.karras(steps, largest, smallest);
      case LU_LAMBDAS, EXPONENTIAL -> SigmaTable.exponential(steps, largest, smallest);
      default -> throw new IllegalStateException(this + " is not between two sigmas.");
    };
  }
}
