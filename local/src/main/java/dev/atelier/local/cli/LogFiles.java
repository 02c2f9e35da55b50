package dev.atelier.local.cli;

import dev.atelier.local.workstation.Resource;
import java.nio.file.Path;

/** Files with what pods say; those of a pod that said nothing need not be there. */
interface LogFiles extends AutoCloseable {

  /** The file of a pod; more may be added to it later. */
  Path of(Resource pod);

  @Override
  default void close() {}
}
