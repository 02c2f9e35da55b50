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
            case LINSPACE -> steps == 1 ? 0 : (double) fromEnd * (training - 1) / (steps - 1);
            case LEADING -> (double) fromEnd * (training / steps) + offset;
            case TRAILING -> Math.rint(training - i * ((double) training / steps)) - 1;
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
            case LINSPACE -> Math.rint((double) fromEnd * (last - 1) / steps);
            case LEADING -> (double) fromEnd * (last / (steps + 1)) + offset;
            case TRAILING -> Math.rint(last - i * ((double) training / steps)) - 1;
          };
    }
    return timesteps;
  }
}
