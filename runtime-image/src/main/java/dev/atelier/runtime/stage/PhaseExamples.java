package dev.atelier.runtime.stage;

import dev.atelier.runtime.latent.LatentClips;
import dev.atelier.runtime.latent.LatentFiles;
import dev.atelier.runtime.latent.LatentIndex;
import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.ClipBatches;
import dev.atelier.runtime.train.FlowForward;
import dev.atelier.runtime.train.FlowObjective;
import dev.atelier.runtime.train.PhasedBatches;
import dev.atelier.runtime.train.ValidationLoss;
import dev.atelier.stage.VideoTrainingInput;
import dev.atelier.stage.VideoTrainingInput.Phase;
import java.util.ArrayList;
import java.util.List;

/** What the phases of a training learn from, and what they are measured on. */
final class PhaseExamples {

  private final Torch torch;
  private final VideoTrainingInput training;
  private final LatentFiles latents;
  private final int words;
  private final HeldOutClips clips;
  private final HeldOutClips pictures;

  /**
   * @param words length that captions are padded to
   */
  PhaseExamples(Torch torch, VideoTrainingInput training, PreparedLatents prepared, int words) {
    this.torch = torch;
    this.words = words;
    this.training = training;
    this.latents = prepared.files(torch);
    this.clips = HeldOutClips.of(training, prepared.entries(false));
    this.pictures = HeldOutClips.of(training, prepared.entries(true));
  }

  /** Clips and pictures that training does not see. */
  int heldOut() {
    return clips.kept().size() + pictures.kept().size();
  }

  /** Batches of all phases; the embedding of the empty caption belongs to the scope around. */
  PhasedBatches batches(FlowObjective objective) {
    Tensor noCaption = latents.noCaption();
    var all = new ArrayList<PhasedBatches.Phase>();
    for (int place = 0; place < training.phases().size(); place++) {
      var phase = training.phases().get(place);
      var batches =
          new ClipBatches(
              torch,
              settings(place, phase),
              objective,
              noCaption,
              of(phase, clips.learned()),
              of(phase, pictures.learned()));
      all.add(new PhasedBatches.Phase(phase.steps(), batches));
    }
    return new PhasedBatches(all);
  }

  /** The loss of what training does not see, in the size of a phase. */
  double validation(FlowForward pass, Phase phase, Ranks ranks) {
    double share = phase.imageFraction();
    return new ValidationLoss(
            torch,
            pass,
            training.seed(),
            words,
            share,
            of(phase, share < 1 ? clips.judging() : List.of()),
            of(phase, share > 0 ? pictures.judging() : List.of()),
            ranks)
        .measure();
  }

  private ClipBatches.Settings settings(int place, Phase phase) {
    return new ClipBatches.Settings(
        // Each phase has noise of its own.
        training.seed() + place,
        training.batchSize(),
        training.gradientAccumulation(),
        phase.imageFraction(),
        training.captionDropout(),
        words);
  }

  private LatentClips of(Phase phase, List<LatentIndex.Entry> entries) {
    return LatentClips.of(latents, phase.name(), entries);
  }
}
