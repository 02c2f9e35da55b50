package dev.atelier.runtime.stage;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageProcess;
import dev.atelier.runtime.report.StopRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Runs the stage file of a directory, as a pod's process that can be killed. */
final class TrainingPod {

  private TrainingPod() {}

  /** The directory is what is {@code /} for the pod. */
  public static void main(String... arguments) {
    var settings =
        new RuntimeSettings(
            Path.of(arguments[0]), "127.0.0.1", 0, OptionalInt.empty(), OptionalLong.empty());
    System.exit(new StageProcess(settings, new StopRequest(), Clock.systemUTC()).run());
  }
}
