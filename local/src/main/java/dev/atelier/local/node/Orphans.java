package dev.atelier.local.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes of pods whose node crashed. */
record Orphans(Path pods) {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  /** As {@link #end}, for a caller that has nothing better to do than to wait. */
  void endNow(Duration grace) {
    try {
      end(grace);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for processes of the last run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the last run's processes ended", e);
    }
  }

  /** Ends them: SIGTERM, time to write a checkpoint, SIGKILL. Removes their files but the logs. */
  void end(Duration grace) throws IOException, InterruptedException {
    for (Path folder : folders()) {
      PodFiles files = new PodFiles(folder);
      if (Files.exists(files.pid())) {
        end(files, grace);
        files.clear();
      }
    }
  }

  private static void end(PodFiles files, Duration grace) throws InterruptedException {
    var found = PidFile.read(files.pid()).flatMap(PidFile::process);
    if (found.isEmpty()) {
      return;
    }
    ProcessHandle process = found.get();
    LOG.info("ending process {} of a pod that lost its node, {}", process.pid(), files.folder());
    process.destroy();
    CompletableFuture<ProcessHandle> exit = process.onExit();
    try {
      exit.get(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      exit.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for process " + process.pid(), e);
    }
  }

  private List<Path> folders() throws IOException {
    if (!Files.isDirectory(pods)) {
      return List.of();
    }
    try (Stream<Path> found = Files.find(pods, 2, (p, a) -> a.isDirectory())) {
      return found.filter(p -> pods.relativize(p).getNameCount() == 2).toList();
    }
  }
}
