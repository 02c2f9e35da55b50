package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import dev.atelier.runtime.tensor.WeightsException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Weights that a formula gives for each name, so that a case of a large network ships none: the
 * splitmix64 sequence (Steele et al. 2014) from a start that depends on the name.
 */
final class FormulaWeights implements Weights {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Torch torch;
  private final JsonNode formula;
  private final Set<String> taken = new HashSet<>();

  FormulaWeights(Torch torch, JsonNode formula) {
    this.torch = torch;
    this.formula = formula;
  }

  @Override
  public Torch torch() {
    return torch;
  }

  @Override
  public boolean has(String name) {
    return formula.path("tensors").has(name);
  }

  @Override
  public Tensor take(String name, long... shape) {
    JsonNode stored = formula.path("tensors").path(name);
    long[] known = new long[stored.size()];
    Arrays.setAll(known, i -> stored.get(i).asLong());
    if (!Arrays.equals(known, shape)) {
      throw new WeightsException(
          "%s has shape %s in the formula, %s is asked for"
              .formatted(name, Arrays.toString(known), Arrays.toString(shape)));
    }
    taken.add(name);
    return Scope.release(torch.tensor(values(name, shape), shape));
  }

  @Override
  public void ignore(String name) {
    taken.add(name);
  }

  @Override
  public void finish() {
    formula
        .path("tensors")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!taken.contains(name)) {
                throw new WeightsException("the network has no place for " + name);
              }
            });
  }

  float[] values(String name, long... shape) {
    long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    var crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    long base = (crc.getValue() << 32) ^ formula.path("salt").asLong();
    double fanIn = (double) count / shape[0];
    var values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      double r = uniform(base + (i + 1) * GOLDEN);
      values[i] = (float) value(name, shape.length, r, fanIn);
    }
    return values;
  }

  private static double value(String name, int dimensions, double r, double fanIn) {
    if (dimensions >= 2) {
      return r * Math.sqrt(3) * Math.sqrt(2 / fanIn);
    }
    if (name.endsWith("running_var")) {
      return 1 + 0.5 * Math.abs(r);
    }
    return name.endsWith("bn.weight") ? 1 + 0.2 * r : 0.1 * r;
  }

  /** In [-1, 1). */
  private static double uniform(long state) {
    long x = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    x ^= x >>> 31;
    return 2 * ((x >>> 40) / (double) (1 << 24)) - 1;
  }
}
