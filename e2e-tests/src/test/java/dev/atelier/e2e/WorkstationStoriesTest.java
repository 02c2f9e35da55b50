package dev.atelier.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The stories on one machine without a cluster. */
class WorkstationStoriesTest extends PortraitStories {

  @TempDir static Path folder;

  @Override
  ControlPlane start() {
    return WorkstationControlPlane.in(folder);
  }
}
