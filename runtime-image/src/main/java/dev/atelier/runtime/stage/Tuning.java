package dev.atelier.runtime.stage;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.Batch;
import dev.atelier.runtime.train.Forward;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.Objective;
import dev.atelier.runtime.train.RecomputedReconstruction;
import dev.atelier.runtime.train.Reconstruction;
import dev.atelier.runtime.train.Rounds;
import dev.atelier.runtime.train.SubjectBatches;
import dev.atelier.runtime.train.TrainingLoop;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of one tuning: the base model loaded, what is trained marked, and trained. */
final class Tuning implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /** Directory of the rounds below the stage's own. */
  static final String ROUNDS = "/rounds";

  private final StageContext context;
  private final Torch torch;
  private final DType precision;
  private final BaseModel base;
  private final TrainingInput training;
  private final TuningMethods methods;
  private final ModelFiles files;
  private final List<ClipTokenizer> tokenizers;
  private final Networks networks;
  private final TuningMethod method;
  private final TrainInput input;
  private final HeldOut photos;
  private final List<PhotoBucket> buckets;
  private final ClassPictures prior;
  private final Optional<String> advice;

  /** Loads the base model, lets it draw the class pictures, and then marks what is trained. */
  Tuning(
      StageContext context,
      Torch torch,
      DType precision,
      BaseModel base,
      TrainInput input,
      HeldOut photos,
      ClassPictureJudge.Opening judges)
      throws IOException {
    this.context = context;
    this.torch = torch;
    this.precision = precision;
    this.base = base;
    this.input = input;
    this.training = input.training();
    this.methods = new TuningMethods(training, input.subject());
    this.files = ModelFiles.of(base.folder());
    this.tokenizers = files.tokenizers();
    this.advice =
        TrainingRules.aboutToken(tokenizers.get(0), input.subject(), methods.isInversion());
    advice.ifPresent(sentence -> LOG.warn("Train: {}", sentence));
    this.networks = networks();
    this.photos = photos;
    this.buckets = buckets();
    this.prior = prior(judges);
    this.method = methods.mark(torch, networks, tokenizers);
  }

  /** What is trained. */
  TuningMethod method() {
    return method;
  }

  /** Trains to the end, and sets the networks to the best checkpoint where they are judged. */
  TuningResult train() throws IOException {
    var progress = new TrainingProgress(context.progress(), training.maxSteps());
    try (var set = trainingSet();
        var step = new TrainingStep<>(forward(), method, steps())) {
      var rounds = input.rounds();
      if (rounds == null) {
        int steps = loop(set, step, Rounds.NONE, progress);
        step.adopt(step.result());
        return new TuningResult(progress.loss(), steps, Optional.empty(), prior.count(), advice);
      }
      return judged(set, step, rounds, progress);
    }
  }

  private TuningResult judged(
      TrainingSet set, TrainingStep<Batch> step, RoundsInput input, TrainingProgress progress)
      throws IOException {
    var base = new FrozenBase(files, torch, tokenizers);
    try (var judging = RoundJudging.open(context, torch, this.input, input, photos, base);
        var autoencoder = files.autoencoder(torch)) {
      var sampler = RoundJudging.sampler(input);
      DiffusionPictures.requireSize(autoencoder, sampler);
      DiffusionPictures.requireLayers(networks.texts(), sampler);
      var pipeline = pipeline(reading(), autoencoder, sampler.scheduler());
      var rounds =
          new CheckpointRounds(
              training,
              RoundShelf.ofScores(
                  context.store(), context.folder().prefix() + ROUNDS, context.scratch()),
              done -> judging.score(done, pipeline),
              step,
              progress);
      int steps = loop(set, step, rounds, progress);
      rounds.choose(torch);
      var curve = CurveFile.curve(training, steps, rounds.front(), judging.protocol());
      return new TuningResult(progress.loss(), steps, Optional.of(curve), prior.count(), advice);
    }
  }

  private int loop(
      TrainingSet set, TrainingStep<Batch> step, Rounds rounds, TrainingProgress progress)
      throws IOException {
    return new TrainingLoop(
            torch,
            step.over(new SubjectBatches(torch, batches(), set.captions(), set.buckets())),
            context.checkpoints(training.checkpoint().keepLast()),
            rounds,
            progress,
            context.stop(),
            Ranks.ALONE)
        .run(
            new TrainingLoop.Plan(
                training.maxSteps(), training.checkpoint().everySteps(), methods.rate()));
  }

  @Override
  public void close() {
    method.close();
    networks.unet().close();
    networks.texts().forEach(ClipTextModel::close);
  }

  private Networks networks() {
    UNet2DConditionModel unet =
        files.unet(torch, methods.changesUnet() ? Storage.COPIED : Storage.MAPPED);
    var texts = files.texts(torch, methods.changesText() ? Storage.COPIED : Storage.MAPPED);
    return new Networks(unet, texts, files.autoencoderConfig().compression(), precision);
  }

  private boolean hasPrior() {
    return training.priorPreservation().enabled() && !methods.isInversion();
  }

  private List<PhotoBucket> buckets() {
    var byShape = PhotoBucket.of(photos.learned());
    var prompts = new ClassPrompts(input.subject(), training.priorPreservation());
    var buckets = hasPrior() ? PhotoBucket.withPrior(byShape, prompts) : byShape;
    PromptReview.of(context, input.perception())
        .admit(
            buckets.stream()
                .flatMap(bucket -> bucket.priorPrompts().stream())
                .distinct()
                .map(text -> new Prompt("class picture", text, ""))
                .toList());
    return buckets;
  }

  private ClassPictures prior(ClassPictureJudge.Opening judges) throws IOException {
    if (!hasPrior()) {
      return ClassPictures.NONE;
    }
    try (Scope scope = Scope.open();
        var autoencoder = files.autoencoder(torch)) {
      var pipeline = pipeline(tokenizers, autoencoder, PriorPictures.SCHEDULER);
      return new PriorPictures(context, torch, pipeline, judges)
          .pictures(
              new PriorPictures.Request(
                  base.sha256(), precision, input.perception(), buckets, training.seed()));
    }
  }

  private StableDiffusionPipeline pipeline(
      List<ClipTokenizer> reading, Autoencoder autoencoder, String scheduler) {
    return new StableDiffusionPipeline(
        files.prompts(torch, reading, networks.texts()),
        networks.unet(),
        autoencoder,
        files.scheduler(scheduler),
        precision);
  }

  /** The tokenizers that read the captions. */
  private List<ClipTokenizer> reading() {
    return methods.tokenizers(tokenizers, networks.texts());
  }

  private TrainingSet trainingSet() {
    var captions = new Captions(files, torch, networks, reading());
    try (Scope scope = Scope.open();
        var autoencoder = files.autoencoder(torch)) {
      for (var bucket : buckets) {
        var shape = bucket.shape();
        TrainingRules.checkShape(shape, autoencoder.compression());
        DiffusionPictures.sayTiles(autoencoder, shape.width(), shape.height());
      }
      return TrainingSet.of(
          torch,
          autoencoder,
          methods.freezesText() ? captions::encoded : captions::ids,
          buckets,
          prior,
          training.flip());
    }
  }

  private Objective objective() {
    var config = files.schedulerConfig();
    var gamma = training.minSnrGamma();
    return new Objective(
        NoiseTable.from(config),
        PredictionType.of(config.text("prediction_type", "epsilon")),
        gamma == null ? OptionalDouble.empty() : OptionalDouble.of(gamma),
        training.priorPreservation().weight());
  }

  private Forward<Batch> forward() {
    return training.gradientCheckpointing()
        ? new RecomputedReconstruction(networks, objective())
        : new Reconstruction(networks, objective());
  }

  private TrainingStep.Settings steps() {
    return TuningSteps.of(training.gradientAccumulation(), training.emaDecay(), precision);
  }

  private SubjectBatches.Settings batches() {
    return new SubjectBatches.Settings(
        training.seed(),
        training.batchSize(),
        training.gradientAccumulation(),
        // The empty caption says nothing about a learnt token.
        methods.isInversion() ? 0 : training.captionDropout(),
        objective().table().steps(),
        training.noiseOffset());
  }
}
