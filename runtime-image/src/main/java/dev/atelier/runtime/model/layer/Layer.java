package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;

/** A part of a model with parameters of its own. */
public sealed interface Layer
    permits Adaptable, ChannelNorm, Conv3d, Embedding, GroupNorm, LayerNorm, Parameter, RmsNorm {
  /** The name in the model, such as {@code mid_block.resnets.0.conv1}. */
  String name();

  /** The parameters by their full name in the weight file. */
  Map<String, Tensor> parameters();
}
