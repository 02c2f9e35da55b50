package dev.atelier.runtime.train;

/**
 * The learning rate over time as diffusers' {@code get_scheduler} gives it: linear warm-up from 0,
 * then the schedule down to the last step.
 *
 * @param base the highest rate
 * @param steps optimizer steps in all, warm-up included
 */
public record LearningRate(double base, Schedule schedule, int warmupSteps, int steps) {

  /** The shape after warm-up. */
  public enum Schedule {
    Constant,
    Cosine,
    Linear,
    /** Two cosines, one after the other. */
    CosineWithRestarts,
    /** Linear down to {@link #POLYNOMIAL_END}. */
    Polynomial,
    /**
     * Constant, then linear down to 0 over the last {@link #DECAYING} of the steps (Hu et al.
     * 2024): steps before that do not depend on how many there are, so a run can be continued.
     */
    WarmupStableDecay
  }

  /** Where diffusers' polynomial schedule ends, whatever the base. */
  static final double POLYNOMIAL_END = 1e-7;

  /** The share of the steps in which {@link Schedule#WarmupStableDecay} decays. */
  static final double DECAYING = 0.2;

  private static final int CYCLES = 2;

  /** The rate of optimizer step {@code step}, counted from 0. */
  public double at(int step) {
    return base * factor(step);
  }

  /** The other rate on the same schedule. */
  public LearningRate withBase(double other) {
    return new LearningRate(other, schedule, warmupSteps, steps);
  }

  private double factor(int step) {
    if (step < warmupSteps) {
      return (double) step / Math.max(1, warmupSteps);
    }
    double progress = (double) (step - warmupSteps) / Math.max(1, steps - warmupSteps);
    return switch (schedule) {
      case Constant -> 1;
      case Linear -> Math.max(0, 1 - progress);
      case Polynomial -> {
        double end = POLYNOMIAL_END / base;
        yield end + (1 - end) * Math.max(0, 1 - progress);
      }
      case WarmupStableDecay -> Math.min(1, Math.max(0, steps - step) / (DECAYING * steps));
      case Cosine -> cosine(progress);
      case CosineWithRestarts -> progress >= 1 ? 0 : cosine(CYCLES * progress % 1);
    };
  }

  private static double cosine(double progress) {
    return Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
  }
}
