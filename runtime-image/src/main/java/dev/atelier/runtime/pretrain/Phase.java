package dev.atelier.runtime.pretrain;

import java.io.IOException;

/** A part of a run that needs those before it. What it has done already it does not do again. */
interface Phase {

  void run() throws IOException;
}
