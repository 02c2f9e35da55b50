package dev.atelier.runtime.stage;

import dev.atelier.runtime.MemoryShortage;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.ranks.Meeting;
import dev.atelier.runtime.ranks.NcclRanks;
import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.ranks.Rendezvous;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainVideoInput;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tunes the base video model on the latents that PrepareVideo published in this run, phase after
 * phase, and publishes the result. Where several nodes train together, the first one publishes and
 * all end with its words.
 */
public final class TrainVideoStage implements StageWork {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final StageContext context;
  private final TrainVideoInput input;

  TrainVideoStage(StageContext context, TrainVideoInput input) {
    this.context = context;
    this.input = input;
  }

  @Override
  public TerminationMessage run() throws IOException {
    var training = input.training();
    VideoTrainingRules.check(training);
    var compute = Compute.of(context.file().device());
    var base = BaseModel.open(input.model(), context.stores());
    requireWan(base);
    var prepared = PreparedLatents.open(context, base, training);
    try (Torch torch = compute.start()) {
      var memory = memory(WanFiles.of(base.folder()), compute);
      memory.lines().forEach(line -> LOG.info("Train: {}", line));
      memory.require(MemoryBudget.of(torch), training);
      return trained(torch, compute, base, prepared);
    } catch (RuntimeException | Error e) {
      if (MemoryShortage.caused(e)) {
        throw shortage(e);
      }
      throw e;
    }
  }

  private TerminationMessage trained(
      Torch torch, Compute compute, BaseModel base, PreparedLatents prepared) throws IOException {
    var ranks = ranks(torch);
    try (var tuning =
        new VideoTuning(
            context, torch, compute.precision(), base, input.training(), prepared, ranks)) {
      var result = tuning.train();
      var words =
          ranks.first()
              ? Optional.of(
                  new VideoTrainPublication(context, input, base, prepared)
                      .publish(tuning.tuned(), result))
              : Optional.<TerminationMessage>empty();
      ranks.meet();
      ranks.leave();
      return words.isPresent() ? words.get() : published();
    }
  }

  /** What the training will need, before any weight is read. */
  private VideoTrainingMemory memory(WanFiles files, Compute compute) {
    return VideoTrainingMemory.of(
        input.training(),
        files.transformerConfig(),
        files.autoencoderConfig(),
        files.transformerValues(),
        files.words(),
        compute.precision(),
        compute.gpus() > 0);
  }

  /** The weights of rounds that were not chosen are of no more use. */
  @Override
  public TerminationMessage conclude(TerminationMessage published) {
    if (context.settings().rendezvous().map(Rendezvous::first).orElse(true)) {
      context.store().delete(context.folder().prefix() + Tuning.ROUNDS);
    }
    return published;
  }

  private TerminationMessage published() {
    return context
        .folder()
        .publishedWords()
        .orElseThrow(
            () ->
                new StageFailure.StorageUnavailable(
                    "what the first pod published is not there for this one: they need one store, a volume has to be ReadWriteMany",
                    null));
  }

  /** This process with those of the other nodes. */
  private Ranks ranks(Torch torch) {
    int nodes = input.training().nodes();
    var at = context.settings().rendezvous();
    int pods = at.map(Rendezvous::size).orElse(1);
    if (pods != nodes) {
      throw new StageFailure.BadInput(
          "training.nodes is %d, but by the pod's environment (WORLD_SIZE) %d train together; the operator sets it as it starts a pod on each node"
              .formatted(nodes, pods));
    }
    return at.filter(one -> one.size() > 1).map(one -> together(one, torch)).orElse(Ranks.ALONE);
  }

  private Ranks together(Rendezvous at, Torch torch) {
    var met = new Meeting(at, context.settings().address(), context.clock(), context.stop()).join();
    return torch.isOnGpu() ? NcclRanks.over(met) : met;
  }

  private static void requireWan(BaseModel base) {
    if (!WanFiles.isModel(base.folder())) {
      throw new StageFailure.NotSupported(
          "model %s is no Wan pipeline by its model_index.json: this release tunes Wan models as videos; use a DiffusionRuntime of family Wan"
              .formatted(base.input().runtime()));
    }
  }

  private StageFailure shortage(Throwable cause) {
    var training = input.training();
    return new StageFailure.OutOfMemory(
        "memory ran out at a peak of %s with training.batchSize %d and gradientCheckpointing %s: lower the batch (and raise gradientAccumulation as much), turn gradientCheckpointing on, use LoRA, shorten or shrink the largest of training.stages, or give the pod more memory"
            .formatted(
                MemoryShortage.peak(), training.batchSize(), training.gradientCheckpointing()),
        cause);
  }
}
