package dev.atelier.api;

/** Noise schedulers, named as in diffusers without the suffix {@code Scheduler}. */
public enum Scheduler {
  /** Pictures. */
  DDIM,
  /** Pictures. */
  DPMSolverMultistep,
  /** Clips, and what else was trained on flows. */
  FlowMatchEulerDiscrete,
  /** Clips, and what else was trained on flows. */
  UniPCMultistep
}
