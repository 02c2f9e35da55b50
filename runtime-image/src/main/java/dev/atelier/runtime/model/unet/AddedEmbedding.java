package dev.atelier.runtime.model.unet;

import dev.atelier.runtime.model.block.TimestepEmbedding;
import dev.atelier.runtime.model.block.Timesteps;
import dev.atelier.runtime.model.layer.LayerNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.Parameter;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;

/** What joins the time embedding besides the timestep. */
sealed interface AddedEmbedding {
  /** The embedding {@code [batch, time width]}. */
  Tensor forward(Conditions conditions);

  /** The added embedding that the configuration asks for. */
  static AddedEmbedding of(Layers root, UNetConfig config) {
    UNetConfig.Addition addition = config.addition();
    return switch (addition.kind()) {
      case UNetConfig.Addition.TEXT -> new PooledText(root.at("add_embedding"), config);
      case UNetConfig.Addition.TEXT_TIME -> new TextAndSize(root.at("add_embedding"), config);
      default -> new Nothing();
    };
  }

  /** Stable Diffusion 1 and 2: only the timestep. */
  record Nothing() implements AddedEmbedding {
    @Override
    public Tensor forward(Conditions conditions) {
      throw new IllegalStateException("This model adds nothing to the time embedding.");
    }
  }

  /** Attention-pooled text (diffusers {@code TextTimeEmbedding}, from CLIP's attention pool). */
  final class PooledText implements AddedEmbedding {
    private final LayerNorm norm1;
    private final Parameter position;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear projection;
    private final LayerNorm norm2;
    private final int heads;

    PooledText(Layers at, UNetConfig config) {
      int width = config.crossAttentionWidth();
      heads = config.addition().textHeads();
      norm1 = at.layerNorm("norm1", width, 1e-5);
      position = at.parameter("pool.positional_embedding", 1, width);
      query = at.linear("pool.q_proj", width, width);
      key = at.linear("pool.k_proj", width, width);
      value = at.linear("pool.v_proj", width, width);
      projection = at.linear("proj", width, config.timeWidth());
      norm2 = at.layerNorm("norm2", config.timeWidth(), 1e-5);
    }

    @Override
    public Tensor forward(Conditions conditions) {
      Tensor text = norm1.forward(conditions.text());
      Tensor token = text.mean(new long[] {1}).add(position.value());
      Tensor all = Ops.concat(1, token, text);
      Tensor pooled =
          Ops.headsAttention(
              query.forward(token), key.forward(all), value.forward(all), heads, false);
      return norm2.forward(projection.forward(pooled.reshape(pooled.size(0), pooled.size(2))));
    }
  }

  /** SDXL: the pooled text beside the sinusoids of the six size numbers. */
  final class TextAndSize implements AddedEmbedding {
    private final Timesteps sizes;
    private final TimestepEmbedding embedding;

    TextAndSize(Layers at, UNetConfig config) {
      sizes = new Timesteps(config.addition().timeWidth(), config.sinusoid());
      embedding =
          new TimestepEmbedding(at, config.addition().projectionWidth(), config.timeWidth());
    }

    @Override
    public Tensor forward(Conditions conditions) {
      Conditions.Size size = conditions.size().orElseThrow();
      Tensor waves = sizes.forward(size.timeIds().reshape(-1));
      Tensor flat = waves.reshape(size.timeIds().size(0), -1).to(size.textEmbeds().dtype());
      return embedding.forward(Ops.concat(1, size.textEmbeds(), flat));
    }
  }
}
