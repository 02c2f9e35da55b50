package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;

/** How a flow's sigmas are moved towards noise, of which larger pictures need more. */
sealed interface FlowShift {
  /** A sigma of the run, moved. */
  double apply(double sigma);

  /** A sigma of training as the run's end points see it. */
  double end(double sigma);

  /** This shift with mu decided. */
  FlowShift decided(double mu);

  static FlowShift from(ModelConfig config) {
    config.require("time_shift_type", "exponential", "linear");
    if (!config.flag("use_dynamic_shifting", false)) {
      return new Fixed(config.number("shift", 1));
    }
    return new Dynamic(
        config.text("time_shift_type", "exponential").equals("exponential"),
        config.integer("base_image_seq_len", 256),
        config.integer("max_image_seq_len", 4096),
        config.number("base_shift", 0.5),
        config.number("max_shift", 1.15));
  }

  /** The same for every picture. */
  record Fixed(double shift) implements FlowShift {
    @Override
    public double apply(double sigma) {
      return SolverSigmas.shifted(sigma, shift);
    }

    /** Shifted as well: diffusers shifts the end points twice. */
    @Override
    public double end(double sigma) {
      return apply(sigma);
    }

    @Override
    public FlowShift decided(double mu) {
      throw new IllegalStateException(
          "The scheduler has the fixed shift %s; set use_dynamic_shifting to choose another."
              .formatted(shift));
    }
  }

  /**
   * To be decided for each size of picture.
   *
   * @param exponential whether mu is the logarithm of the shift
   * @param baseTokens picture tokens at which mu is the base shift
   * @param maxTokens picture tokens at which mu is the largest shift
   */
  record Dynamic(
      boolean exponential, int baseTokens, int maxTokens, double baseShift, double maxShift)
      implements FlowShift {
    /** mu for a number of picture tokens, on the line through both ends. */
    double mu(int tokens) {
      double slope = (maxShift - baseShift) / (maxTokens - baseTokens);
      return baseShift + slope * (tokens - baseTokens);
    }

    @Override
    public double apply(double sigma) {
      throw new IllegalStateException(
          "The scheduler shifts by the size of the picture (use_dynamic_shifting); say which.");
    }

    @Override
    public double end(double sigma) {
      return sigma;
    }

    @Override
    public FlowShift decided(double mu) {
      return new Decided(exponential ? Math.exp(mu) : mu);
    }
  }

  /** Decided: {@code shift / (shift + 1 / sigma - 1)}, which is the fixed one's formula. */
  record Decided(double shift) implements FlowShift {
    @Override
    public double apply(double sigma) {
      return SolverSigmas.shifted(sigma, shift);
    }

    @Override
    public double end(double sigma) {
      return sigma;
    }

    @Override
    public FlowShift decided(double mu) {
      throw new IllegalStateException("The shift is decided already: " + shift + ".");
    }
  }
}
