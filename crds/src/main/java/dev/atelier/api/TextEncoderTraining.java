package dev.atelier.api;

/** What is trained of the text encoder. */
public enum TextEncoderTraining {
  /** Nothing. */
  Frozen,
  /** Low-rank adapters beside its weights. */
  Adapter,
  /** All its weights. */
  Full
}
