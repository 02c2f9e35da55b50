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

  /** Whether there is a result to publish, which is then not worked on again. */
  default boolean publishes() {
    return true;
  }

  /**
   * What is left to do once the result is published. It runs again when a restarted pod finds the
   * result of an earlier one, and finds little to do then.
   *
   * @param published the last words of whoever published
   * @return the words to leave
   */
  default TerminationMessage conclude(TerminationMessage published) throws IOException {
    return published;
  }
}
