package dev.atelier.runtime.stage;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.PromptEncoder;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tokenizer.ClipTokenizer;
import dev.atelier.runtime.train.Checkpoints;
import dev.atelier.runtime.train.LatentSet;
import dev.atelier.runtime.train.Networks;
import dev.atelier.runtime.train.Objective;
import dev.atelier.runtime.train.Reconstruction;
import dev.atelier.runtime.train.SubjectBatches;
import dev.atelier.runtime.train.TrainingLoop;
import dev.atelier.runtime.train.TrainingStep;
import dev.atelier.runtime.train.TuningMethod;
import dev.atelier.stage.Subject;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The networks of one tuning: the base model loaded, what is trained marked, and trained. */
final class Tuning implements AutoCloseable {

  /** Norm that gradients are clipped to, as in diffusers' scripts. */
  private static final double CLIP = 1;

  private final StageContext context;
  private final Torch torch;
  private final BaseModel base;
  private final TrainingInput training;
  private final TuningMethods methods;
  private final ModelFiles files;
  private final ClipTokenizer tokenizer;
  private final Networks networks;
  private final TuningMethod method;
  private final List<TrainingPhoto> photos;
  private final List<String> priorPrompts;
  private final Optional<LatentSet> prior;

  /** Loads the base model, lets it draw the class pictures, and then marks what is trained. */
  Tuning(
      StageContext context,
      Torch torch,
      BaseModel base,
      TrainInput input,
      List<TrainingPhoto> photos)
      throws IOException {
    this.context = context;
    this.torch = torch;
    this.base = base;
    this.training = input.training();
    this.methods = new TuningMethods(training, input.subject());
    this.files = ModelFiles.of(base.folder());
    this.tokenizer = files.tokenizer();
    this.networks = networks();
    this.photos = photos;
    this.priorPrompts = priorPrompts(input.subject());
    this.prior = prior();
    this.method = methods.mark(torch, networks, tokenizer);
  }

  /** What is trained. */
  TuningMethod method() {
    return method;
  }

  /** Trains to the last step; gives the mean of the last losses. */
  double train() throws IOException {
    var progress = new TrainingProgress(context.progress(), training.maxSteps());
    try (var set = trainingSet();
        var step =
            new TrainingStep<>(new Reconstruction(networks, objective()), method, settings())) {
      new TrainingLoop(
              torch,
              step.over(
                  new SubjectBatches(torch, batches(), set.captions(), set.subject(), set.prior())),
              checkpoints(),
              progress,
              context.stop())
          .run(
              new TrainingLoop.Plan(
                  training.maxSteps(), training.checkpoint().everySteps(), methods.rate()));
    }
    return progress.loss();
  }

  @Override
  public void close() {
    method.close();
    networks.unet().close();
    networks.text().close();
  }

  private Networks networks() {
    UNet2DConditionModel unet =
        files.unet(torch, methods.changesUnet() ? Storage.COPIED : Storage.MAPPED);
    ClipTextModel text = files.text(torch, methods.changesText() ? Storage.COPIED : Storage.MAPPED);
    return new Networks(unet, text);
  }

  private List<String> priorPrompts(Subject subject) {
    var preservation = training.priorPreservation();
    return preservation.enabled() && !methods.isInversion()
        ? new ClassPrompts(subject, preservation).of(photos)
        : List.of();
  }

  private Optional<LatentSet> prior() throws IOException {
    if (priorPrompts.isEmpty()) {
      return Optional.empty();
    }
    try (Scope scope = Scope.open();
        var autoencoder = files.autoencoder(torch)) {
      var encoder = new PromptEncoder(torch, tokenizer, networks.text());
      var pipeline =
          new StableDiffusionPipeline(
              encoder, networks.unet(), autoencoder, files.scheduler(PriorPictures.SCHEDULER));
      return Optional.of(
          new PriorPictures(context, torch, pipeline)
              .latents(
                  new PriorPictures.Request(
                      base.sha256(), priorPrompts, training.resolution(), training.seed())));
    }
  }

  private TrainingSet trainingSet() {
    var reading = methods.tokenizer(tokenizer, networks.text().config().vocabulary());
    try (Scope scope = Scope.open();
        var autoencoder = files.autoencoder(torch)) {
      return TrainingSet.of(
          torch,
          autoencoder,
          new PromptEncoder(torch, reading, networks.text()),
          photos,
          prior,
          priorPrompts,
          methods.freezesText());
    }
  }

  private Objective objective() {
    var config = ModelConfig.read(files.schedulerConfig());
    var gamma = training.minSnrGamma();
    return new Objective(
        NoiseTable.from(config),
        PredictionType.of(config.text("prediction_type", "epsilon")),
        gamma == null ? OptionalDouble.empty() : OptionalDouble.of(gamma),
        training.priorPreservation().weight());
  }

  private TrainingStep.Settings settings() {
    return new TrainingStep.Settings(
        training.gradientAccumulation(), AdamW.Settings.defaults(), CLIP);
  }

  private SubjectBatches.Settings batches() {
    return new SubjectBatches.Settings(
        training.seed(),
        training.batchSize(),
        training.gradientAccumulation(),
        // The empty caption says nothing about a learnt token.
        methods.isInversion() ? 0 : training.captionDropout(),
        objective().table().steps());
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(
        context.store(),
        context.folder().prefix() + "/checkpoints",
        training.checkpoint().keepLast(),
        context.scratch());
  }
}
