package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.latent.LatentClips;
import dev.atelier.runtime.latent.LatentFiles;
import dev.atelier.runtime.model.block.BlockStore.Residence;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.ClipBatches;
import dev.atelier.runtime.train.FlowForward;
import dev.atelier.runtime.train.FlowObjective;
import dev.atelier.runtime.train.LearningRate;
import dev.atelier.runtime.train.LoraTuning;
import dev.atelier.runtime.train.LossHistory;
import dev.atelier.runtime.train.PhasedBatches;
import dev.atelier.runtime.train.Rounds;
import dev.atelier.runtime.train.TrainingLoop;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.runtime.train.TransformerLora;
import dev.atelier.runtime.train.TransformerTuning;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.runtime.train.ValidationLoss;
import dev.atelier.stage.VideoTrainingInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
  private final LatentFiles latents;
  private final HeldOutClips clips;
  private final HeldOutClips pictures;
  private final WanFiles files;
  private final WanTransformer3DModel model;
  private final TuningMethod method;
  private final FlowForward pass;

  /** Loads the denoiser and marks what is trained. */
  VideoTuning(
      StageContext context,
      Torch torch,
      DType precision,
      BaseModel base,
      VideoTrainingInput training,
      PreparedLatents prepared) {
    this.context = context;
    this.torch = torch;
    this.precision = precision;
    this.training = training;
    this.phases = VideoPhases.of(training);
    this.latents = prepared.files(torch);
    this.clips = split(prepared, false);
    this.pictures = split(prepared, true);
    this.files = WanFiles.of(base.folder());
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

  /** What it will need. */
  VideoTrainingMemory memory() {
    return VideoTrainingMemory.of(
        training,
        model.config(),
        files.compression(),
        count(model.modules().parameters().values()),
        method.groups().stream().mapToLong(group -> count(group.parameters().values())).sum(),
        files.words(),
        precision);
  }

  /** Trains to the end, and sets the network to the best step where that is measured. */
  VideoTuningResult train() throws IOException {
    var progress = new VideoTrainingProgress(context.progress(), phases);
    var step =
        new TrainingStep<>(
            pass,
            method,
            TuningSteps.of(training.gradientAccumulation(), training.emaDecay(), precision));
    try (Scope scope = Scope.open();
        var history = new LossHistory(torch, step.over(batches()), phases.steps())) {
      if (!training.autoStop().enabled()) {
        int steps = loop(history, Rounds.NONE, progress);
        step.adopt(step.result());
        return new VideoTuningResult(progress.loss(), steps, history.points(), Optional.empty());
      }
      var rounds =
          new ValidationRounds(
              training.autoStop(),
              phases,
              new RoundShelf<>(
                  context.store(),
                  context.folder().prefix() + Tuning.ROUNDS,
                  context.scratch(),
                  VideoCurve.Round.class,
                  VideoCurve.Round::step),
              this::validation,
              step,
              progress);
      int steps = loop(history, rounds, progress);
      var best = rounds.choose(torch);
      return new VideoTuningResult(
          progress.loss(), steps, history.points(), Optional.of(curve(steps, best, rounds)));
    }
  }

  @Override
  public void close() {
    method.close();
    model.close();
  }

  private int loop(LossHistory history, Rounds rounds, VideoTrainingProgress progress)
      throws IOException {
    return new TrainingLoop(
            torch,
            history,
            context.checkpoints(training.checkpoint().keepLast()),
            rounds,
            progress,
            context.stop())
        .run(new TrainingLoop.Plan(phases.steps(), training.checkpoint().everySteps(), rate()));
  }

  private VideoCurve curve(int steps, VideoCurve.Round best, ValidationRounds rounds) {
    return new VideoCurve(
        steps,
        phases.steps(),
        training.autoStop().everySteps(),
        training.autoStop().patience(),
        clips.kept().size() + pictures.kept().size(),
        best.step(),
        rounds.rounds());
  }

  private HeldOutClips split(PreparedLatents prepared, boolean pictures) {
    var entries = prepared.entries(pictures);
    return training.autoStop().enabled() ? HeldOutClips.of(entries) : HeldOutClips.none(entries);
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

  /** The embedding of the empty caption belongs to the scope around. */
  private PhasedBatches batches() {
    Tensor noCaption = latents.noCaption();
    var all = new ArrayList<PhasedBatches.Phase>();
    for (int place = 0; place < phases.phases().size(); place++) {
      var phase = phases.phases().get(place);
      var settings =
          new ClipBatches.Settings(
              // Each phase has noise of its own.
              training.seed() + place,
              training.batchSize(),
              training.gradientAccumulation(),
              phase.imageFraction(),
              training.captionDropout(),
              files.words());
      all.add(
          new PhasedBatches.Phase(
              phase.steps(),
              new ClipBatches(
                  torch,
                  settings,
                  pass.objective(),
                  noCaption,
                  LatentClips.of(latents, phase.name(), clips.learned()),
                  LatentClips.of(latents, phase.name(), pictures.learned()))));
    }
    return new PhasedBatches(all);
  }

  private double validation(int place) {
    var phase = phases.phases().get(place);
    boolean sees = phase.imageFraction() > 0;
    boolean films = phase.imageFraction() < 1;
    return new ValidationLoss(
            torch,
            pass,
            training.seed(),
            files.words(),
            phase.imageFraction(),
            LatentClips.of(latents, phase.name(), films ? clips.judging() : List.of()),
            LatentClips.of(latents, phase.name(), sees ? pictures.judging() : List.of()))
        .measure();
  }

  private static long count(Collection<Tensor> tensors) {
    return tensors.stream().mapToLong(Tensor::count).sum();
  }
}
