package dev.atelier.runtime.ranks;

import com.sun.jna.Library;
import com.sun.jna.Native;

/**
 * Ends the process after some seconds by a signal of the system (SIGALRM), whatever it waits for by
 * then. A GPU that adds up with a rank that is gone may hold its process for ever, also while that
 * tries to end; only the system can end it then, and free the GPU for what comes next.
 */
final class Deadline {

  private Deadline() {}

  /** The call by its name in unistd.h. */
  interface Calls extends Library {
    int alarm(int seconds);
  }

  /** Sets it; the process may well end before by itself. */
  static void in(int seconds) {
    Native.load("c", Calls.class).alarm(seconds);
  }
}
