package dev.atelier.runtime.train;

import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Recomputation;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;

/**
 * {@link Reconstruction} in less memory (gradient checkpointing, Chen et al. 2016): the denoiser's
 * activations are not kept, its pieces are run again for their gradients.
 */
public record RecomputedReconstruction(Networks networks, Objective objective)
    implements Forward<Batch> {

  @Override
  public Objective.Loss loss(Batch batch) {
    return new Reconstruction(networks, objective).loss(batch);
  }

  @Override
  public Objective.Loss backward(Batch batch, double share) {
    var noisy = objective.noisy(batch);
    try (var pieces = new Recomputation()) {
      Conditions captions;
      try (var mode = Autograd.recording()) {
        captions = networks.conditions(batch.captions(), noisy);
      }
      var predicted = networks.predict(noisy, batch.timesteps(), captions, pieces);
      var leaf = predicted.detach().to(DType.FLOAT32).requireGradient(true);
      Objective.Loss loss;
      try (var mode = Autograd.recording()) {
        loss = objective.loss(leaf, batch);
        loss.backward(share);
      }
      var gradient = leaf.gradient().orElseThrow().to(predicted.dtype());
      intoTextEncoders(captions, pieces.backward(predicted, gradient));
      return loss;
    }
  }

  /** States and pooled text come from the same passes of the text encoders: one backward pass. */
  private static void intoTextEncoders(Conditions captions, Recomputation.Inflow inflow) {
    var states = inflow.by(captions.text());
    var pooled = captions.size().map(Conditions.Size::textEmbeds).flatMap(inflow::by);
    if (states.isEmpty() && pooled.isEmpty()) {
      return;
    }
    Tensor sum;
    try (var mode = Autograd.recording()) {
      var terms = new ArrayList<Tensor>();
      states.ifPresent(gradient -> terms.add(captions.text().mul(gradient).sum()));
      pooled.ifPresent(
          gradient -> terms.add(captions.size().orElseThrow().textEmbeds().mul(gradient).sum()));
      sum = terms.size() == 1 ? terms.get(0) : terms.get(0).add(terms.get(1));
    }
    Autograd.backward(sum);
  }
}
