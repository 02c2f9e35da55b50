package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Map;
import java.util.Objects;

/**
 * Sets the weights of a video autoencoder with one stage so that it is its squares' principal
 * components and back, exact but for the norms: no step of training is needed for an encoder, and a
 * decoder goes on from there. Residual branches must begin at zero.
 *
 * <p>What lies between is linear because {@code silu(x) - silu(-x) = x}: each component passes as
 * itself and negated. The norm before it divides by the length of all channels, which a constant
 * channel decides that is far greater than the components.
 *
 * @param width channels of the stage, above twice the components
 */
record PatchAutoencoder(Torch torch, PrincipalComponents components, int width) {

  /** Of a kernel of three in time, height and width, causal in time: the value itself. */
  private static final int TIME = 2;

  private static final int MIDDLE = 1;
  private static final int KERNEL = 3;
  private static final int TAPS = KERNEL * KERNEL * KERNEL;
  private static final int TAP = (TIME * KERNEL + MIDDLE) * KERNEL + MIDDLE;

  /** The constant channel: nothing is trained behind an encoder's, so it is the more exact. */
  private static final double ENCODER_CONSTANT = 300;

  private static final double DECODER_CONSTANT = 30;

  /** Logarithm of the variance of the latents' distribution: next to nothing. */
  private static final float LOG_VARIANCE = -12;

  /** Overwrites what leads from pixels to components and back. */
  void begin(Map<String, Tensor> weights) {
    encoder(weights);
    decoder(weights);
  }

  private void encoder(Map<String, Tensor> weights) {
    int count = components.directions().length;
    int pixels = components.mean().length;
    var in = new float[width * pixels * TAPS];
    var shift = new float[width];
    for (int k = 0; k < count; k++) {
      double[] direction = components.directions()[k];
      for (int i = 0; i < pixels; i++) {
        in[(k * pixels + i) * TAPS + TAP] = (float) direction[i];
        in[((count + k) * pixels + i) * TAPS + TAP] = (float) -direction[i];
        shift[k] -= (float) (direction[i] * components.mean()[i]);
      }
      shift[count + k] = -shift[k];
    }
    shift[2 * count] = (float) ENCODER_CONSTANT;
    set(weights, "encoder.conv_in", in, shift);

    double scale = scale(ENCODER_CONSTANT);
    var out = new float[2 * count * width * TAPS];
    var quant = new float[4 * count * count];
    var variance = new float[2 * count];
    for (int k = 0; k < count; k++) {
      out[(k * width + k) * TAPS + TAP] = (float) scale;
      out[(k * width + count + k) * TAPS + TAP] = (float) -scale;
      quant[k * 2 * count + k] = 1;
      variance[count + k] = LOG_VARIANCE;
    }
    set(weights, "encoder.conv_out", out, new float[2 * count]);
    set(weights, "quant_conv", quant, variance);
  }

  private void decoder(Map<String, Tensor> weights) {
    int count = components.directions().length;
    int pixels = components.mean().length;
    var post = new float[count * count];
    var in = weight(weights, "decoder.conv_in").toFloats();
    var shift = new float[width];
    for (int k = 0; k < count; k++) {
      post[k * count + k] = 1;
      for (int i = 0; i < count * TAPS; i++) {
        in[k * count * TAPS + i] = 0;
        in[(count + k) * count * TAPS + i] = 0;
      }
      in[(k * count + k) * TAPS + TAP] = 1;
      in[((count + k) * count + k) * TAPS + TAP] = -1;
    }
    shift[2 * count] = (float) DECODER_CONSTANT;
    set(weights, "post_quant_conv", post, new float[count]);
    set(weights, "decoder.conv_in", in, shift);

    double scale = scale(DECODER_CONSTANT);
    var out = new float[pixels * width * TAPS];
    var mean = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      mean[i] = (float) components.mean()[i];
      for (int k = 0; k < count; k++) {
        float value = (float) (components.directions()[k][i] * scale);
        out[(i * width + k) * TAPS + TAP] = value;
        out[(i * width + count + k) * TAPS + TAP] = -value;
      }
    }
    set(weights, "decoder.conv_out", out, mean);
  }

  /**
   * What undoes the norm: it makes every position's channels as long as the root of their number.
   */
  private double scale(double constant) {
    return constant / Math.sqrt(width);
  }

  private void set(Map<String, Tensor> weights, String layer, float[] weight, float[] bias) {
    try (Scope scope = Scope.open()) {
      Tensor into = weight(weights, layer);
      into.copyInPlace(torch.tensor(weight, into.shape()));
      Objects.requireNonNull(weights.get(layer + ".bias"))
          .copyInPlace(torch.tensor(bias, bias.length));
    }
  }

  private static Tensor weight(Map<String, Tensor> weights, String layer) {
    return Objects.requireNonNull(weights.get(layer + ".weight"), layer);
  }
}
