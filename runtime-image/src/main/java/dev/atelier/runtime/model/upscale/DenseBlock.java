package dev.atelier.runtime.model.upscale;

import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Five convolutions, each of which sees all features before it (Wang et al. 2018). */
final class DenseBlock {
  /** What keeps deep stacks of residuals from blowing up in training. */
  static final double RESIDUAL_SHARE = 0.2;

  private static final int GROWING = 4;

  private final List<Conv2d> growing = new ArrayList<>();
  private final Conv2d last;

  DenseBlock(Layers at, RrdbConfig config) {
    int width = config.channels();
    for (int i = 1; i <= GROWING; i++) {
      growing.add(at.conv3("conv" + i, width, config.growth()));
      width += config.growth();
    }
    last = at.conv3("conv5", width, config.channels());
  }

  Tensor forward(Tensor x) {
    try (Scope scope = Scope.open()) {
      Tensor features = x;
      for (Conv2d conv : growing) {
        Tensor grown = Ops.leakyRelu(conv.forward(features), RrdbNet.SLOPE);
        features = Ops.concat(1, features, grown);
      }
      return scope.keep(x.combine(1, last.forward(features), RESIDUAL_SHARE));
    }
  }
}
