package dev.atelier.runtime.train;

import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.tensor.Tensor;

/** The video denoiser's flow-matching loss; a picture counts as much as a clip. */
public record FlowForward(WanTransformer3DModel model, FlowObjective objective)
    implements Forward<ClipBatch> {

  @Override
  public Objective.Loss loss(ClipBatch batch) {
    Tensor total = batch.parts().get(0).latents().torch().scalar(0);
    for (Clips clips : batch.parts()) {
      double share = (double) clips.size() / batch.size();
      total = total.combine(1, loss(clips), share);
    }
    return new Objective.Loss(total, total, total.torch().scalar(0));
  }

  /** What the denoiser makes of noisy clips. */
  public Tensor predict(Clips clips) {
    Tensor timesteps = clips.sigmas().reshape(clips.size()).mul(FlowObjective.timestep(1));
    return model.forward(objective.noisy(clips), timesteps, clips.text());
  }

  private Tensor loss(Clips clips) {
    return objective.errors(predict(clips), clips).mul(objective.weights(clips)).mean();
  }
}
