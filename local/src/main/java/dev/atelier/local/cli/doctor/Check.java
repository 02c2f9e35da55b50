package dev.atelier.local.cli.doctor;

/** Looks at one thing of the machine. */
@FunctionalInterface
public interface Check {

  /** What it found; a check never throws. */
  Finding look();
}
