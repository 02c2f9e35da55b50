package dev.atelier.runtime.portrait;

import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Seeded choices. {@link Random}'s algorithm is part of the Java specification. */
final class Dice {

  private final Random random;

  Dice(long seed) {
    this.random = new Random(mixed(seed));
  }

  /**
   * Neighbouring seeds give unrelated choices (the finaliser of splitmix64, Steele et al. 2014).
   */
  private static long mixed(long seed) {
    long z = seed + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  long seed() {
    return random.nextLong();
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  <T> T of(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** A choice whose probability is its share of the weights. */
  <T> T of(T[] choices, ToDoubleFunction<T> weight) {
    double total = 0;
    for (T choice : choices) {
      total += weight.applyAsDouble(choice);
    }
    double left = random.nextDouble() * total;
    for (T choice : choices) {
      left -= weight.applyAsDouble(choice);
      if (left < 0) {
        return choice;
      }
    }
    return choices[choices.length - 1];
  }
}
