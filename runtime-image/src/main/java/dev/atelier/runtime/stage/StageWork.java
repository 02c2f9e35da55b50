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
}
