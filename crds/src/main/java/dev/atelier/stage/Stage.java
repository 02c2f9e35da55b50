package dev.atelier.stage;

import java.util.Locale;

/** The stages of a run, each one batch/v1 Job; and {@link #SERVE}, which ends with no run. */
public enum Stage {
  INTAKE("Intake"),
  PREPARE_VIDEO("PrepareVideo"),
  TRAIN("Train"),
  EVALUATE("Evaluate"),
  SAMPLE("Sample"),
  SERVE("Serve"),
  ERASE("Erase");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /** The name in status and in the stage file: {@code Train}. */
  public String title() {
    return title;
  }

  /** The name in labels, Job names and directories: {@code train}. */
  public String slug() {
    return title.toLowerCase(Locale.ROOT);
  }
}
