package dev.atelier.runtime;

import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.ProgressServer;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.stage.StageContext;
import dev.atelier.runtime.stage.Stages;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageFile;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the stage that the stage file names, and leaves the last words. */
public final class StageProcess {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");
  private static final String STAGE_FILE = "/etc/atelier/stage.yaml";
  private static final String LAST_WORDS = "/dev/termination-log";

  /** Stages whose work several pods may share. */
  private static final Set<Stage> SHARED = Set.of(Stage.SAMPLE, Stage.PREPARE_VIDEO);

  private final RuntimeSettings settings;
  private final StopRequest stop;
  private final Clock clock;

  /** A process of these settings. */
  public StageProcess(RuntimeSettings settings, StopRequest stop, Clock clock) {
    this.settings = settings;
    this.stop = stop;
    this.clock = clock;
  }

  /** Runs the stage and returns the exit code of the contract. */
  public int run() {
    var started = clock.instant();
    Outcome outcome;
    int gpus = 0;
    try {
      var file = stageFile();
      gpus = file.device().gpus();
      outcome = Outcome.done(work(file));
    } catch (StageFailure e) {
      outcome = Outcome.failed(e);
    } catch (IOException | RuntimeException | Error e) {
      outcome = Outcome.unexpected(e);
    }
    long gpuSeconds = Duration.between(started, clock.instant()).toSeconds() * gpus;
    leave(outcome.words().withGpuSeconds(gpuSeconds));
    return outcome.exitCode();
  }

  private StageFile stageFile() {
    var path = settings.resolve(STAGE_FILE);
    try {
      return StageJson.read(Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new StageFailure.BadInput(
          "there is no stage file at %s; the operator mounts it, see 'kubectl describe pod'"
              .formatted(path),
          e);
    } catch (IOException e) {
      throw new StageFailure.BadInput(
          "cannot read the stage file %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private TerminationMessage work(StageFile file) throws IOException {
    try (var scratch = Scratch.below(settings.resolve("/scratch"))) {
      return work(file, scratch.folder());
    }
  }

  private TerminationMessage work(StageFile file, Path scratch) throws IOException {
    var progress = new ProgressReporter(file.stage().stage(), clock);
    var stores = new Stores(settings, scratch);
    var store = stores.open(file.storage());
    var folder = new StageFolder(store, file, slot(file), clock);
    LOG.info(
        "{}: {} {}/{}, run {}, attempt {}",
        file.stage().stage().title(),
        file.resource().kind(),
        file.resource().namespace(),
        file.resource().name(),
        file.run().id(),
        file.run().attempt());
    try (var server = ProgressServer.start(settings, progress)) {
      var work =
          Stages.of(
              new StageContext(
                  file,
                  settings,
                  store,
                  folder,
                  stores,
                  progress,
                  stop,
                  server.meters(),
                  scratch,
                  clock));
      var published =
          work.publishes() ? folder.alreadyPublished() : Optional.<TerminationMessage>empty();
      if (published.isPresent()) {
        LOG.info("{}: already published", file.stage().stage().title());
      }
      var words = published.isPresent() ? published.get() : work.run();
      return work.conclude(words);
    }
  }

  private String slot(StageFile file) {
    var stage = file.stage().stage();
    return SHARED.contains(stage)
        ? stage.slug() + "/shard-" + settings.completionIndex().orElse(0)
        : stage.slug();
  }

  private void leave(TerminationMessage words) {
    if (words.result() == TerminationMessage.Result.Succeeded) {
      LOG.info("{}", words.message());
    } else {
      LOG.error("{}: {}", words.reason(), words.message());
    }
    var file = settings.resolve(LAST_WORDS);
    try {
      var folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, StageJson.fit(words));
    } catch (IOException e) {
      LOG.error("cannot leave the termination message in {}: {}", file, e.getMessage());
    }
  }
}
