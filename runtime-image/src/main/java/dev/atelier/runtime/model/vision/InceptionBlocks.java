package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The blocks of InceptionV3 (Szegedy et al. 2015) as the network of FID has them: averages do not
 * count padding, which the network of torchvision does.
 */
final class InceptionBlocks implements AutoCloseable {
  /** Average over 3 x 3, size kept. */
  static final UnaryOperator<Tensor> AVERAGE = x -> Ops.averagePool(x, 3, 1, 1);

  /** Maximum over 3 x 3, size kept: the last block of the FID network pools so. */
  static final UnaryOperator<Tensor> MAXIMUM = x -> Ops.maxPool(x, 3, 1, 1);

  /** Maximum over 3 x 3, size halved. */
  static final UnaryOperator<Tensor> HALVE = x -> Ops.maxPool(x, 3, 2, 0);

  private final Weights weights;
  private final List<InceptionUnit> units = new ArrayList<>();

  InceptionBlocks(Weights weights) {
    this.weights = weights;
  }

  /** Branches of 1x1, 5x5 and two 3x3. */
  UnaryOperator<Tensor> a(String at, int in, int pooled) {
    return branches(
        one(at + ".branch1x1", in, 64),
        chain(one(at + ".branch5x5_1", in, 48), kept(at + ".branch5x5_2", 48, 64, 5, 5)),
        chain(
            one(at + ".branch3x3dbl_1", in, 64),
            kept(at + ".branch3x3dbl_2", 64, 96, 3, 3),
            kept(at + ".branch3x3dbl_3", 96, 96, 3, 3)),
        chain(AVERAGE, one(at + ".branch_pool", in, pooled)));
  }

  /** From 35 to 17 pixels. */
  UnaryOperator<Tensor> b(String at, int in) {
    return branches(
        cut(at + ".branch3x3", in, 384, 2),
        chain(
            one(at + ".branch3x3dbl_1", in, 64),
            kept(at + ".branch3x3dbl_2", 64, 96, 3, 3),
            cut(at + ".branch3x3dbl_3", 96, 96, 2)),
        HALVE);
  }

  /** Branches of 7x7 in two and in four separable steps. */
  UnaryOperator<Tensor> c(String at, int inner) {
    int in = 768;
    return branches(
        one(at + ".branch1x1", in, 192),
        chain(
            one(at + ".branch7x7_1", in, inner),
            kept(at + ".branch7x7_2", inner, inner, 1, 7),
            kept(at + ".branch7x7_3", inner, 192, 7, 1)),
        chain(
            one(at + ".branch7x7dbl_1", in, inner),
            kept(at + ".branch7x7dbl_2", inner, inner, 7, 1),
            kept(at + ".branch7x7dbl_3", inner, inner, 1, 7),
            kept(at + ".branch7x7dbl_4", inner, inner, 7, 1),
            kept(at + ".branch7x7dbl_5", inner, 192, 1, 7)),
        chain(AVERAGE, one(at + ".branch_pool", in, 192)));
  }

  /** From 17 to 8 pixels. */
  UnaryOperator<Tensor> d(String at) {
    return branches(
        chain(one(at + ".branch3x3_1", 768, 192), cut(at + ".branch3x3_2", 192, 320, 2)),
        chain(
            one(at + ".branch7x7x3_1", 768, 192),
            kept(at + ".branch7x7x3_2", 192, 192, 1, 7),
            kept(at + ".branch7x7x3_3", 192, 192, 7, 1),
            cut(at + ".branch7x7x3_4", 192, 192, 2)),
        HALVE);
  }

  /** Branches that split into 1x3 and 3x1. */
  UnaryOperator<Tensor> e(String at, int in, UnaryOperator<Tensor> pool) {
    return branches(
        one(at + ".branch1x1", in, 320),
        chain(one(at + ".branch3x3_1", in, 384), split(at + ".branch3x3_2")),
        chain(
            one(at + ".branch3x3dbl_1", in, 448),
            kept(at + ".branch3x3dbl_2", 448, 384, 3, 3),
            split(at + ".branch3x3dbl_3")),
        chain(pool, one(at + ".branch_pool", in, 192)));
  }

  private UnaryOperator<Tensor> split(String at) {
    return branches(kept(at + "a", 384, 384, 1, 3), kept(at + "b", 384, 384, 3, 1));
  }

  InceptionUnit one(String at, int in, int out) {
    return kept(at, in, out, 1, 1);
  }

  /** Size kept. */
  InceptionUnit kept(String at, int in, int out, int high, int wide) {
    return unit(at, new InceptionUnit.Shape(in, out, high, wide), 1, true);
  }

  /** 3 x 3 without padding. */
  InceptionUnit cut(String at, int in, int out, int stride) {
    return unit(at, new InceptionUnit.Shape(in, out, 3, 3), stride, false);
  }

  private InceptionUnit unit(String at, InceptionUnit.Shape shape, int stride, boolean padded) {
    var unit = new InceptionUnit(weights, at, shape, stride, padded);
    units.add(unit);
    return unit;
  }

  /** One after the other, what lies between freed. */
  @SafeVarargs
  static UnaryOperator<Tensor> chain(UnaryOperator<Tensor>... steps) {
    return x -> {
      try (Scope scope = Scope.open()) {
        Tensor h = x;
        for (var step : steps) {
          h = step.apply(h);
        }
        return scope.keep(h);
      }
    };
  }

  /** Side by side, concatenated along the channels. */
  @SafeVarargs
  private static UnaryOperator<Tensor> branches(UnaryOperator<Tensor>... branches) {
    return x -> {
      try (Scope scope = Scope.open()) {
        return scope.keep(Ops.concat(1, Stream.of(branches).map(b -> b.apply(x)).toList()));
      }
    };
  }

  @Override
  public void close() {
    units.forEach(InceptionUnit::close);
  }
}
