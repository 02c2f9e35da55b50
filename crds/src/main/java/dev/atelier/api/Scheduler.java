package dev.atelier.api;

/** Noise schedulers, named as in diffusers without the suffix {@code Scheduler}. */
public enum Scheduler {
  DDIM,
  DPMSolverMultistep
}
