package dev.atelier.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong, on one machine without a cluster. */
class WorkstationFaultsTest extends FaultStories {

  @TempDir static Path folder;

  @Override
  ControlPlane start() {
    return WorkstationControlPlane.in(folder);
  }
}
