package dev.atelier.local.cli;

import dev.atelier.local.workstation.UserError;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.pretrain.Pretraining.Run;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.WeightsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Work of the pretrain commands: Ctrl-C stops it in order, and what is wrong is said in a line. */
record PretrainRun(Services services, DeviceOption device) {

  private static final Duration LOOK = Duration.ofMillis(500);

  /** What a command does. */
  @FunctionalInterface
  interface Work {
    void on(Run run) throws IOException;
  }

  /** Does it in a folder and gives the exit code. */
  int in(Path folder, Work work) throws IOException {
    var stop = new StopRequest();
    var place = services.settings().here().resolve(folder).normalize();
    watch(stop);
    try {
      work.on(new Run(place, device.device(), stop, System.out, services.clock()));
      return ExitStatus.DONE;
    } catch (StageFailure.Checkpointed e) {
      System.out.println("Stopped; the same command goes on from here.");
      return ExitStatus.INTERRUPTED;
    } catch (StageFailure | UnsupportedConfigException | WeightsException e) {
      throw new UserError(String.valueOf(e.getMessage()), "./atelier pretrain --help shows how.");
    }
  }

  private void watch(StopRequest stop) {
    var interrupts = services.interrupts();
    var watcher =
        new Thread(
            () -> {
              while (!interrupts.await(LOOK)) {
                continue;
              }
              stop.stop("interrupted");
            },
            "interrupts");
    watcher.setDaemon(true);
    watcher.start();
  }
}
