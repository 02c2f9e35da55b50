package dev.atelier.runtime.stage;

import dev.atelier.stage.TerminationMessage;
import java.io.IOException;

/** The work of one stage, from its input to its last words. */
public interface StageWork {

  /**
   * Does the work and publishes the result.
   *
   * @throws dev.atelier.runtime.StageFailure with a reason and a message for a person
   * @throws IOException where a local file cannot be read or written
   */
  TerminationMessage run() throws IOException;

  /**
   * What is left to do once the result is published. It runs again when a restarted pod finds the
   * result of an earlier one, and finds nothing to do then.
   */
  default void tidy() {}
}
