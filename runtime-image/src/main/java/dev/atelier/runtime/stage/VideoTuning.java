package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.ranks.Share;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.ClipBatch;
import dev.atelier.runtime.train.FlowForward;
import dev.atelier.runtime.train.FlowObjective;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.LoraTuning;
import dev.atelier.runtime.train.LossHistory;
import dev.atelier.runtime.train.Rounds;
import dev.atelier.runtime.train.SharedBatches;
import dev.atelier.runtime.train.TrainingLoop;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.runtime.train.TransformerLora;
import dev.atelier.runtime.train.TransformerTuning;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.stage.VideoTrainingInput;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** One tuning of a video denoiser: the base model's loaded, what is trained marked, and trained. */
final class VideoTuning implements AutoCloseable {

  private static final String LORA = "LoRA";
  private static final String FULL = "Full";

  private final StageContext context;
  private final Torch torch;
  private final DType precision;
  private final VideoTrainingInput training;
  private final VideoPhases phases;
  private final PhaseExamples examples;
  private final WanFiles files;
  private final WanTransformer3DModel model;
  private final TuningMethod method;
  private final FlowForward pass;
  private final Ranks ranks;
  private final Share share;

  /**
   * Loads the denoiser and marks what is trained.
   *
   * @param ranks that train it together
   */
  VideoTuning(
      StageContext context,
      Torch torch,
      DType precision,
      BaseModel base,
      VideoTrainingInput training,
      PreparedLatents prepared,
      Ranks ranks) {
    this.context = context;
    this.torch = torch;
    this.precision = precision;
    this.training = training;
    this.ranks = ranks;
    this.share =
        Share.of(ranks.rank(), ranks.size(), training.gradientAccumulation(), training.batchSize());
    this.phases = VideoPhases.of(training);
    this.files = WanFiles.of(base.folder());
    this.examples = new PhaseExamples(torch, training, prepared, files.words());
    this.model =
        files.transformer(
            torch,
            training.method().equals(FULL) ? Storage.COPIED : Storage.MAPPED,
            Residence.RESIDENT);
    this.method = method();
    this.pass = new FlowForward(model, objective(), training.gradientCheckpointing(), precision);
  }

  /** What is trained. */
  TuningMethod tuned() {
    return method;
  }

  /**
   * Trains to the end, and sets the network to the best step where that is measured; on ranks that
   * do not publish it stays at the last.
   */
  VideoTuningResult train() throws IOException {
    var progress = new VideoTrainingProgress(context.progress(), phases);
    var step = step();
    try (Scope scope = Scope.open();
        var history =
            new LossHistory(
                torch,
                step.over(new SharedBatches(examples.batches(pass.objective()), share)),
                phases.steps())) {
      if (!training.autoStop().enabled()) {
        int steps = loop(history, Rounds.NONE, progress);
        step.adopt(step.result());
        return new VideoTuningResult(progress.loss(), steps, history.points(), Optional.empty());
      }
      var rounds = rounds(step, progress);
      int steps = loop(history, rounds, progress);
      var curve =
          ranks.first()
              ? Optional.of(curve(steps, rounds.choose(torch), rounds))
              : Optional.<VideoCurve>empty();
      return new VideoTuningResult(progress.loss(), steps, history.points(), curve);
    }
  }

  @Override
  public void close() {
    method.close();
    model.close();
  }

  private TrainingStep<ClipBatch> step() {
    return new TrainingStep<>(
        pass,
        method.groups(),
        TuningSteps.of(
            training.gradientAccumulation() / share.passes(), training.emaDecay(), precision),
        ranks);
  }

  private ValidationRounds rounds(TrainingStep<ClipBatch> step, VideoTrainingProgress progress) {
    return new ValidationRounds(
        training.autoStop(),
        phases,
        new RoundShelf<>(
            context.store(),
            context.folder().prefix() + Tuning.ROUNDS,
            context.scratch(),
            VideoCurve.Round.class,
            VideoCurve.Round::step),
        place -> examples.validation(pass, phases.phases().get(place), ranks),
        step,
        progress,
        ranks);
  }

  private int loop(LossHistory history, Rounds rounds, VideoTrainingProgress progress)
      throws IOException {
    return new TrainingLoop(
            torch,
            history,
            context.checkpoints(training.checkpoint().keepLast()),
            rounds,
            progress,
            context.stop(),
            ranks)
        .run(new TrainingLoop.Plan(phases.steps(), training.checkpoint().everySteps(), rate()));
  }

  private VideoCurve curve(int steps, VideoCurve.Round best, ValidationRounds rounds) {
    return new VideoCurve(
        steps,
        phases.steps(),
        training.autoStop().everySteps(),
        training.autoStop().patience(),
        examples.heldOut(),
        best.step(),
        rounds.rounds());
  }

  private TuningMethod method() {
    return switch (training.method()) {
      case LORA -> {
        var lora = Objects.requireNonNull(training.lora(), "lora");
        yield new TransformerLora(
            torch,
            model,
            new LoraTuning.Shape(lora.rank(), lora.alpha(), LoraTuning.targets(lora.targets())),
            rate(),
            training.seed());
      }
      case FULL -> new TransformerTuning(model, files.transformerFolder(), rate());
      default ->
          throw new StageFailure.BadInput(
              "training.method '%s' is not known; this release tunes video models with LoRA and Full"
                  .formatted(training.method()));
    };
  }

  private LearningRate rate() {
    return new LearningRate(
        training.learningRate(),
        LearningRate.Schedule.valueOf(training.learningRateSchedule()),
        training.warmupSteps(),
        phases.steps());
  }

  private FlowObjective objective() {
    var shift = training.timestepShift();
    return new FlowObjective(
        switch (training.timesteps()) {
          case "LogitNormal" -> new FlowObjective.Density.LogitNormal(0, 1);
          case "Uniform" -> new FlowObjective.Density.Uniform();
          default ->
              throw new StageFailure.BadInput(
                  "training.timesteps '%s' is not known; this release has LogitNormal and Uniform"
                      .formatted(training.timesteps()));
        },
        shift == null ? files.shift() : shift,
        FlowObjective.Weighting.EQUAL);
  }
}
