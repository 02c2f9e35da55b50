package dev.atelier.runtime.model.block;

import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.GroupNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/**
 * Norm, SiLU, convolution, twice, around a residual (diffusers {@code resnet.py}); the time
 * embedding joins between the two.
 */
public final class ResnetBlock2D {
  private final GroupNorm norm1;
  private final Conv2d conv1;
  private final Optional<Linear> timeProjection;
  private final GroupNorm norm2;
  private final Conv2d conv2;
  private final Optional<Conv2d> shortcut;

  /**
   * What a block is made from.
   *
   * @param timeWidth width of the time embedding, 0 for a block without
   */
  public record Shape(int in, int out, int timeWidth, int groups, double epsilon) {}

  public ResnetBlock2D(Layers at, Shape shape) {
    norm1 = at.groupNorm("norm1", shape.in(), shape.groups(), shape.epsilon());
    conv1 = at.conv3("conv1", shape.in(), shape.out());
    timeProjection =
        shape.timeWidth() == 0
            ? Optional.empty()
            : Optional.of(at.linear("time_emb_proj", shape.timeWidth(), shape.out()));
    norm2 = at.groupNorm("norm2", shape.out(), shape.groups(), shape.epsilon());
    conv2 = at.conv3("conv2", shape.out(), shape.out());
    shortcut =
        shape.in() == shape.out()
            ? Optional.empty()
            : Optional.of(at.conv("conv_shortcut", shape.in(), shape.out(), 1, 1, 0));
  }

  /** {@code x} {@code [batch, in, height, width]} without a time embedding. */
  public Tensor forward(Tensor x) {
    return forward(x, Optional.empty());
  }

  /** With the time embedding {@code [batch, time width]} after its SiLU. */
  public Tensor forward(Tensor x, Tensor activatedTime) {
    return forward(x, Optional.of(activatedTime));
  }

  private Tensor forward(Tensor x, Optional<Tensor> activatedTime) {
    try (Scope scope = Scope.open()) {
      Tensor h = conv1.forward(norm1.forwardSilu(x));
      if (timeProjection.isPresent()) {
        Tensor time = timeProjection.get().forward(activatedTime.orElseThrow());
        h = h.add(time.reshape(time.size(0), time.size(1), 1, 1));
      }
      h = conv2.forward(norm2.forwardSilu(h));
      return scope.keep((shortcut.isPresent() ? shortcut.get().forward(x) : x).add(h));
    }
  }
}
