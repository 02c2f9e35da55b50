package dev.atelier.runtime.train;

import java.io.IOException;

/** Judges the weights between steps, and says when training has gone far enough. */
public interface Rounds {

  /** Every step is taken. */
  Rounds NONE =
      new Rounds() {
        @Override
        public boolean due(int step) {
          return false;
        }

        @Override
        public boolean end(int step) {
          return false;
        }
      };

  /** Whether the weights after so many steps are judged; a checkpoint of them is durable then. */
  boolean due(int step);

  /**
   * Judges the weights after so many steps, unless an earlier attempt did. It leaves the state of
   * training as it was.
   *
   * @return whether training ends here
   */
  boolean end(int step) throws IOException;
}
