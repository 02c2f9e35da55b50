package dev.atelier.runtime.stage;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.store.Stores;
import dev.atelier.runtime.train.Checkpoints;
import dev.atelier.stage.StageFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What every stage works with.
 *
 * @param file what to do, for whom
 * @param store the artifact store of the run
 * @param folder this stage's part of it
 * @param stores opens other locations
 * @param meters what the process measures besides its progress
 * @param scratch a directory for this process alone
 */
public record StageContext(
    StageFile file,
    RuntimeSettings settings,
    ArtifactStore store,
    StageFolder folder,
    Stores stores,
    ProgressReporter progress,
    StopRequest stop,
    MeterRegistry meters,
    Path scratch,
    Clock clock) {

  /** Where this stage's training saves its state. */
  Checkpoints checkpoints(int keepLast) {
    return new Checkpoints(store, folder.prefix() + "/checkpoints", keepLast, scratch);
  }
}
