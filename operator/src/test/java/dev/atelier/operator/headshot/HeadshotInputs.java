package dev.atelier.operator.headshot;

import dev.atelier.operator.run.RunManifests;
import dev.atelier.stage.StageFile;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TrainInput;
import java.io.IOException;

/** What the pods of a story are told to do. */
final class HeadshotInputs {

  private HeadshotInputs() {}

  /** Input of the training stage as the run in the status asks for it. */
  static TrainInput train(HeadshotWorld world) throws IOException {
    return (TrainInput) stageFile(world).stage();
  }

  private static StageFile stageFile(HeadshotWorld world) throws IOException {
    var run = world.status().run();
    var runtime = world.runtimes.get(0).getSpec();
    var children = RunManifests.of(new HeadshotKind(), world.model, runtime, run, 0, "image");
    return StageJson.read(children.stageFile().getData().get("stage.yaml"));
  }
}
