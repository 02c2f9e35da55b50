package dev.atelier.runtime.model.checkpoint;

import dev.atelier.runtime.model.clip.ClipTextConfig.Activation;
import java.util.List;

/** The families of checkpoints, by what the shapes of their tensors do not say. */
public enum Family {
  STABLE_DIFFUSION_1("epsilon", 64, 0.18215),
  STABLE_DIFFUSION_2("v_prediction", 96, 0.18215),
  STABLE_DIFFUSION_XL("epsilon", 128, 0.13025);

  static final String UNET = "model.diffusion_model.";
  static final String AUTOENCODER = "first_stage_model.";

  private static final int HEADS = 8;
  private static final int HEAD_WIDTH = 64;

  private final String prediction;
  private final int sampleSize;
  private final double scalingFactor;

  Family(String prediction, int sampleSize, double scalingFactor) {
    this.prediction = prediction;
    this.sampleSize = sampleSize;
    this.scalingFactor = scalingFactor;
  }

  /** A text encoder in the file. */
  record Text(String prefix, boolean openClip, Activation activation, boolean projects) {}

  /** What the denoiser predicts, by its diffusers name, unless the file's metadata differ. */
  public String prediction() {
    return prediction;
  }

  /** Latent height and width of training. */
  int sampleSize() {
    return sampleSize;
  }

  double scalingFactor() {
    return scalingFactor;
  }

  /** Attention heads of a block: eight, or as many of width 64 as fit. */
  int heads(int channels) {
    return this == STABLE_DIFFUSION_1 ? HEADS : channels / HEAD_WIDTH;
  }

  List<Text> texts() {
    return switch (this) {
      case STABLE_DIFFUSION_1 ->
          List.of(new Text("cond_stage_model.transformer.", false, Activation.QUICK_GELU, false));
      case STABLE_DIFFUSION_2 ->
          List.of(new Text("cond_stage_model.model.", true, Activation.GELU, false));
      case STABLE_DIFFUSION_XL ->
          List.of(
              new Text("conditioner.embedders.0.transformer.", false, Activation.QUICK_GELU, false),
              new Text("conditioner.embedders.1.model.", true, Activation.GELU, true));
    };
  }

  /** Layers of an encoder that the model was trained without: OpenCLIP's last in version 2. */
  int unusedLayers() {
    return this == STABLE_DIFFUSION_2 ? 1 : 0;
  }

  /** Whether attention wants float32: scores of version 2.1 go beyond half precision. */
  boolean upcastsAttention() {
    return this == STABLE_DIFFUSION_2;
  }

  static Family of(CheckpointShapes shapes) {
    if (shapes.hasPrefix("conditioner.embedders.1.")) {
      return STABLE_DIFFUSION_XL;
    }
    return shapes.hasPrefix("cond_stage_model.model.") ? STABLE_DIFFUSION_2 : STABLE_DIFFUSION_1;
  }
}
