package dev.atelier.runtime.tensor;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * Automatic differentiation. Recording is off on every thread until {@link #recording} turns it on;
 * the mode belongs to the thread.
 */
public final class Autograd {
  private Autograd() {}

  /** Restores the mode of before. */
  public static final class Mode implements AutoCloseable {
    private final boolean before;

    private Mode(boolean recording) {
      before = JniUtils.isGradMode();
      JniUtils.setGradMode(recording);
    }

    @Override
    public void close() {
      JniUtils.setGradMode(before);
    }
  }

  /** Records operations on this thread until the mode is closed. */
  public static Mode recording() {
    return new Mode(true);
  }

  /** Stops recording on this thread until the mode is closed. */
  public static Mode paused() {
    return new Mode(false);
  }

  /** Whether operations of this thread are recorded. */
  static boolean isRecording() {
    return JniUtils.isGradMode();
  }

  /**
   * Whether a tensor depends on any parameter in a way that was recorded. DJL's own question is
   * answered with no for everything but the parameters themselves.
   */
  public static boolean isRecorded(Tensor tensor) {
    Torch torch = tensor.torch();
    try (Scope scope = Scope.open()) {
      return torch.wrap(torch.script().one("is_recorded", tensor)).item() != 0;
    }
  }

  /** Adds the gradients of a loss without dimensions to the parameters it depends on. */
  public static void backward(Tensor loss) {
    try (Scope scope = Scope.open()) {
      backward(loss, loss.torch().ones().to(loss.dtype()));
    }
  }

  /** Backward from any tensor with the gradient of the loss by it; what checkpointing needs. */
  public static void backward(Tensor output, Tensor gradient) {
    JniUtils.backward(output.array(), gradient.array(), false, false);
  }

  /** Gradients by any tensors of the graph, leaves or not; zeros where none flows. */
  public static List<Tensor> gradients(Tensor output, List<Tensor> inputs, Tensor seed) {
    Torch torch = output.torch();
    return torch.script().many("grad", output, inputs, seed).stream().map(torch::wrap).toList();
  }

  /** Sets the parameter's accumulated gradient to zero. */
  public static void zeroGradient(Tensor parameter) {
    if (parameter.array().hasGradient()) {
      JniUtils.zeroGrad(parameter.array());
    }
  }
}
