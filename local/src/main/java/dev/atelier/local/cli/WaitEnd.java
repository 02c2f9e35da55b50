package dev.atelier.local.cli;

/** Why waiting for resources ended. */
enum WaitEnd {
  /** Every resource is Ready, Complete or Failed. */
  SETTLED,
  /** What is left waits for something that nobody will bring. */
  STUCK,
  /** Somebody pressed Ctrl-C. */
  INTERRUPTED,
  /** The time is up. */
  TIMEOUT
}
