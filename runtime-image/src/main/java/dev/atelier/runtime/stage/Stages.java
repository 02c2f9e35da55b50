package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.EraseInput;
import dev.atelier.stage.EvaluateInput;
import dev.atelier.stage.EvaluateVideoInput;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.PrepareVideoInput;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.SampleVideoInput;
import dev.atelier.stage.ServeInput;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainVideoInput;

/** Finds the work of a stage file. */
public final class Stages {

  private Stages() {}

  /** The work that the context's stage file asks for. */
  public static StageWork of(StageContext context) {
    var input = context.file().stage();
    if (input instanceof EraseInput erase) {
      return new EraseStage(context, erase);
    }
    if (input instanceof IntakeInput intake) {
      return new IntakeStage(context, intake);
    }
    if (input instanceof EvaluateInput evaluate) {
      return new EvaluateStage(
          context, evaluate, PictureModels.diffusion(Compute.of(context.file().device())));
    }
    if (input instanceof SampleInput sample) {
      return new SampleStage(
          context, sample, PictureModels.diffusion(Compute.of(context.file().device())));
    }
    if (input instanceof SampleVideoInput sample) {
      return new SampleVideoStage(
          context, sample, VideoModels.wan(Compute.of(context.file().device())));
    }
    if (input instanceof EvaluateVideoInput evaluate) {
      return new EvaluateVideoStage(
          context, evaluate, VideoModels.wan(Compute.of(context.file().device())));
    }
    if (input instanceof TrainInput train) {
      return new TrainStage(context, train);
    }
    if (input instanceof PrepareVideoInput prepare) {
      return new PrepareVideoStage(context, prepare, VideoEncoders.ofThisImage());
    }
    if (input instanceof TrainVideoInput train) {
      return new TrainVideoStage(context, train);
    }
    if (input instanceof ServeInput serve) {
      return new ServeStage(context, serve, Compute.of(context.file().device()));
    }
    throw new StageFailure.NotSupported(
        "stage %s of a %s is not part of this runtime image; use the image of the operator's release"
            .formatted(input.stage().title(), context.file().resource().kind()));
  }
}
