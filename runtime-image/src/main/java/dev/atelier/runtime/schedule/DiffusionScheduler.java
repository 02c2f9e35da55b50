package dev.atelier.runtime.schedule;

/** A sampler of a model that was trained on a diffusion rather than on a flow. */
public interface DiffusionScheduler extends Scheduler {
  /** The forward diffusion that the model was trained on. */
  NoiseTable table();
}
