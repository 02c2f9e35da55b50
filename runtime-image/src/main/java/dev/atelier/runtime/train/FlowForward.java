package dev.atelier.runtime.train;

import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Recomputation;
import dev.atelier.runtime.tensor.Segments;
import dev.atelier.runtime.tensor.Tensor;

/**
 * The video denoiser's flow-matching loss; a picture counts as much as a clip.
 *
 * @param recomputes whether the blocks' activations are computed again on the way back rather than
 *     kept
 * @param precision that the denoiser computes in; its parameters are float32 all the same
 */
public record FlowForward(
    WanTransformer3DModel model, FlowObjective objective, boolean recomputes, DType precision)
    implements Forward<ClipBatch> {

  /** A denoiser that computes in float32. */
  public FlowForward(WanTransformer3DModel model, FlowObjective objective, boolean recomputes) {
    this(model, objective, recomputes, DType.FLOAT32);
  }

  @Override
  public Objective.Loss loss(ClipBatch batch) {
    Tensor total = batch.parts().get(0).latents().torch().scalar(0);
    for (Clips clips : batch.parts()) {
      total = total.combine(1, loss(predict(clips), clips), share(clips, batch));
    }
    return new Objective.Loss(total, total, total.torch().scalar(0));
  }

  /** One part after the other, so that only one's activations are there at a time. */
  @Override
  public Objective.Loss backward(ClipBatch batch, double share) {
    Tensor total = batch.parts().get(0).latents().torch().scalar(0);
    for (Clips clips : batch.parts()) {
      double ofBatch = share(clips, batch);
      Tensor loss = recomputes ? inPieces(clips, share * ofBatch) : atOnce(clips, share * ofBatch);
      total = total.combine(1, loss.detach(), ofBatch);
    }
    return new Objective.Loss(total, total, total.torch().scalar(0));
  }

  /** What the denoiser makes of noisy clips. */
  public Tensor predict(Clips clips) {
    return predict(clips, Segments.DIRECT).to(DType.FLOAT32);
  }

  private Tensor predict(Clips clips, Segments segments) {
    Tensor timesteps = clips.sigmas().reshape(clips.size()).mul(FlowObjective.timestep(1));
    return model.forward(
        objective.noisy(clips).to(precision), timesteps, clips.text().to(precision), segments);
  }

  private Tensor atOnce(Clips clips, double share) {
    try (var mode = Autograd.recording()) {
      return descend(predict(clips), clips, share);
    }
  }

  private Tensor inPieces(Clips clips, double share) {
    try (var pieces = new Recomputation()) {
      Tensor predicted = predict(clips, pieces);
      Tensor leaf = predicted.detach().to(DType.FLOAT32).requireGradient(true);
      Tensor loss;
      try (var mode = Autograd.recording()) {
        loss = descend(leaf, clips, share);
      }
      pieces.backward(predicted, leaf.gradient().orElseThrow().to(predicted.dtype()));
      return loss;
    }
  }

  private Tensor descend(Tensor predicted, Clips clips, double share) {
    Tensor loss = loss(predicted, clips);
    Autograd.backward(share == 1 ? loss : loss.mul(share));
    return loss;
  }

  private Tensor loss(Tensor predicted, Clips clips) {
    return objective.errors(predicted, clips).mul(objective.weights(clips)).mean();
  }

  private static double share(Clips clips, ClipBatch batch) {
    return (double) clips.size() / batch.size();
  }
}
