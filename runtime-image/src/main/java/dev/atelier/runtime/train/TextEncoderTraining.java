package dev.atelier.runtime.train;

/** What is trained of the text encoder. */
public enum TextEncoderTraining {
  Frozen,
  Adapter,
  Full
}
