package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import java.util.Locale;

/** How the steps of a run are spread over the training steps (Lin et al. 2024, table 2). */
enum TimestepSpacing {
  LINSPACE,
  LEADING,
  TRAILING;

  static TimestepSpacing from(ModelConfig config, String missing) {
    String name = config.text("timestep_spacing", missing);
    for (TimestepSpacing spacing : values()) {
      if (spacing.name().toLowerCase(Locale.ROOT).equals(name)) {
        return spacing;
      }
    }
    throw new UnsupportedConfigException(
        config + ": timestep_spacing " + name + " is not supported.");
  }

  /** Steps from the noisiest to the cleanest, as DDIM, DDPM and Euler count. */
  double[] timesteps(int steps, int training, int offset) {
    double[] timesteps = new double[steps];
    for (int i = 0; i < steps; i++) {
      int fromEnd = steps - 1 - i;
      timesteps[i] =
          switch (this) {
            case LINSPACE -> steps == 1 ? 0 : even(fromEnd, training - 1, steps - 1);
            case LEADING -> (double) fromEnd * (training / steps) + offset;
            case TRAILING -> trailing(i, training, (double) training / steps);
          };
    }
    return timesteps;
  }

  /** Steps as DPM-Solver and UniPC count: one more interval, whose end is left out. */
  double[] solverTimesteps(int steps, int training, int last, int offset) {
    double[] timesteps = new double[steps];
    for (int i = 0; i < steps; i++) {
      int fromEnd = steps - i;
      timesteps[i] =
          switch (this) {
            case LINSPACE -> Math.rint(even(fromEnd, last - 1, steps));
            case LEADING -> (double) fromEnd * (last / (steps + 1)) + offset;
            case TRAILING -> trailing(i, last, (double) training / steps);
          };
    }
    return timesteps;
  }

  /** One of even steps from 0, in the order of operations of numpy's linspace. */
  private static double even(int i, double end, int count) {
    return i == count ? end : i * (end / count);
  }

  /**
   * In the order of operations of numpy's arange, whose step is the distance of its first two
   * values: where a step falls between two timesteps, its last bit decides which it becomes.
   */
  private static double trailing(int i, int first, double ratio) {
    double step = (first - ratio) - first;
    return Math.rint(first + i * step) - 1;
  }
}
