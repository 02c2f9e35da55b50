package dev.atelier.runtime.train;

import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Recomputation;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;

/** Noise is added to pictures' latents and the denoiser is asked what it was. */
public record Reconstruction(Networks networks, Objective objective) implements Pass<Batch> {
  @Override
  public Objective.Loss backward(Batch batch, double share, boolean recomputes) {
    return recomputes ? inPieces(batch, share) : atOnce(batch, share);
  }

  private Objective.Loss atOnce(Batch batch, double share) {
    var noisy = objective.noisy(batch);
    try (var mode = Autograd.recording()) {
      var predicted = networks.predict(noisy, batch.timesteps(), batch.captions());
      return descend(predicted, batch, share);
    }
  }

  /** The denoiser's activations are not kept: its pieces are run again for their gradients. */
  private Objective.Loss inPieces(Batch batch, double share) {
    var noisy = objective.noisy(batch);
    try (var pieces = new Recomputation()) {
      Conditions captions;
      try (var mode = Autograd.recording()) {
        captions = networks.conditions(batch.captions());
      }
      var predicted = networks.predict(noisy, batch.timesteps(), captions, pieces);
      var leaf = predicted.detach().to(DType.FLOAT32).requireGradient(true);
      Objective.Loss loss;
      try (var mode = Autograd.recording()) {
        loss = descend(leaf, batch, share);
      }
      var gradient = leaf.gradient().orElseThrow().to(predicted.dtype());
      var inflow = pieces.backward(predicted, gradient);
      intoTextEncoders(captions, inflow);
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

  private Objective.Loss descend(Tensor predicted, Batch batch, double share) {
    var loss = objective.loss(predicted, batch);
    Autograd.backward(Pass.share(loss.total(), share));
    return loss;
  }
}
