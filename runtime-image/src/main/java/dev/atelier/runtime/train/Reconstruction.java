package dev.atelier.runtime.train;

/** Noise is added to pictures' latents and the denoiser is asked what it was. */
public record Reconstruction(Networks networks, Objective objective) implements Forward<Batch> {
  @Override
  public Objective.Loss loss(Batch batch) {
    var noisy = objective.noisy(batch);
    return objective.loss(networks.predict(noisy, batch.timesteps(), batch.captions()), batch);
  }
}
