package dev.atelier.runtime.schedule;

/**
 * The factors of one DPM-Solver update. Every update is a sum of the sample, the model's outputs of
 * this and the steps before, and noise, each times a number.
 *
 * @param sample factor of the sample
 * @param d0 factor of the newest output
 * @param d1 factor of the first difference quotient
 * @param d2 factor of the second difference quotient
 * @param noise factor of fresh noise
 */
record DpmUpdate(double sample, double d0, double d1, double d2, double noise) {

  /** Which equation is solved, and for noise or the noiseless sample. */
  enum Algorithm {
    DPMSOLVER("dpmsolver", false, false),
    DPMSOLVER_PLUS("dpmsolver++", true, false),
    SDE_DPMSOLVER("sde-dpmsolver", false, true),
    SDE_DPMSOLVER_PLUS("sde-dpmsolver++", true, true);

    private final String field;
    private final boolean plus;
    private final boolean stochastic;

    Algorithm(String field, boolean plus, boolean stochastic) {
      this.field = field;
      this.plus = plus;
      this.stochastic = stochastic;
    }

    String field() {
      return field;
    }

    /** Whether it integrates the noiseless sample instead of the noise. */
    boolean solvesForSample() {
      return plus;
    }

    /** Whether it adds noise at each step. */
    boolean isStochastic() {
      return stochastic;
    }
  }

  /** The update from one level to another at an order of one to three. */
  static DpmUpdate of(
      Algorithm algorithm, int order, boolean heun, NoiseLevel from, NoiseLevel to) {
    double h = to.lambda() - from.lambda();
    // The second order's difference is weighted by a half (midpoint) or exactly (heun); the third
    // order always needs the exact weight.
    boolean exact = heun || order == 3;
    DpmUpdate full =
        switch (algorithm) {
          case DPMSOLVER_PLUS -> plus(h, exact, from, to);
          case DPMSOLVER -> noiseForm(h, exact, from, to);
          case SDE_DPMSOLVER_PLUS -> stochasticPlus(h, exact, from, to);
          case SDE_DPMSOLVER -> stochasticNoiseForm(h, exact, from, to);
        };
    return new DpmUpdate(
        full.sample,
        full.d0,
        order > 1 ? full.d1 : 0,
        order > 2 ? full.d2 : 0,
        algorithm.stochastic ? full.noise : 0);
  }

  private static DpmUpdate plus(double h, boolean exact, NoiseLevel from, NoiseLevel to) {
    double e = Math.exp(-h) - 1;
    return new DpmUpdate(
        to.sigma() / from.sigma(),
        -to.alpha() * e,
        exact ? to.alpha() * (e / h + 1) : -0.5 * to.alpha() * e,
        -to.alpha() * ((e + h) / (h * h) - 0.5),
        0);
  }

  private static DpmUpdate noiseForm(double h, boolean exact, NoiseLevel from, NoiseLevel to) {
    double e = Math.exp(h) - 1;
    return new DpmUpdate(
        to.alpha() / from.alpha(),
        -to.sigma() * e,
        exact ? -to.sigma() * (e / h - 1) : -0.5 * to.sigma() * e,
        -to.sigma() * ((e - h) / (h * h) - 0.5),
        0);
  }

  private static DpmUpdate stochasticPlus(double h, boolean exact, NoiseLevel from, NoiseLevel to) {
    double e = 1 - Math.exp(-2 * h);
    return new DpmUpdate(
        to.sigma() / from.sigma() * Math.exp(-h),
        to.alpha() * e,
        exact ? to.alpha() * (e / (-2 * h) + 1) : 0.5 * to.alpha() * e,
        to.alpha() * ((e - 2 * h) / (4 * h * h) + 0.5),
        to.sigma() * Math.sqrt(e));
  }

  private static DpmUpdate stochasticNoiseForm(
      double h, boolean exact, NoiseLevel from, NoiseLevel to) {
    double e = Math.exp(h) - 1;
    return new DpmUpdate(
        to.alpha() / from.alpha(),
        -2 * to.sigma() * e,
        exact ? -2 * to.sigma() * (e / h - 1) : -to.sigma() * e,
        0,
        to.sigma() * Math.sqrt(Math.exp(2 * h) - 1));
  }
}
