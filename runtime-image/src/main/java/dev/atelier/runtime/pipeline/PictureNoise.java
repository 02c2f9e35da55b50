package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.tensor.Generator;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;

/**
 * One generator per picture, as diffusers uses a list of generators: a picture's noise is the same
 * whatever is drawn beside it.
 */
public final class PictureNoise implements AutoCloseable {

  private final List<Generator> generators;

  /** A generator for each seed. */
  public PictureNoise(Torch torch, List<Long> seeds) {
    generators = seeds.stream().map(torch::generator).toList();
  }

  /** How many pictures there are. */
  public int pictures() {
    return generators.size();
  }

  /** Standard normal noise {@code [pictures, ..shape]}. */
  public Tensor draw(long... shape) {
    var one = new long[shape.length + 1];
    one[0] = 1;
    System.arraycopy(shape, 0, one, 1, shape.length);
    return Ops.concat(0, generators.stream().map(generator -> generator.randn(one)).toList());
  }

  @Override
  public void close() {
    generators.forEach(Generator::close);
  }
}
