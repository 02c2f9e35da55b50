package dev.atelier.runtime.train;

import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Arrays;
import java.util.List;

/**
 * The flow-matching loss of examples that training does not see, with the same noise at the same
 * places on the flow each time: what changes from one measurement to the next is the denoiser.
 *
 * @param seed of the noise
 * @param words tokens of text that the denoiser sees
 * @param imageFraction what pictures count beside clips, as in training
 * @param ranks that measure together, each some of the losses
 */
public record ValidationLoss(
    Torch torch,
    FlowForward pass,
    long seed,
    int words,
    double imageFraction,
    ClipSet clips,
    ClipSet pictures,
    Ranks ranks) {

  /** Before the shift: evenly spread, so that no share of noise is left to chance. */
  private static final List<Double> PLACES = List.of(0.125, 0.375, 0.625, 0.875);

  public ValidationLoss {
    if (clips.size() + pictures.size() == 0) {
      throw new IllegalArgumentException("there is nothing to measure the loss of");
    }
  }

  /** The mean loss with the denoiser as it is. */
  public double measure() {
    if (pictures.size() == 0 || clips.size() == 0) {
      return mean(clips.size() == 0 ? pictures : clips);
    }
    return (1 - imageFraction) * mean(clips) + imageFraction * mean(pictures);
  }

  private double mean(ClipSet set) {
    var losses = new double[set.size() * PLACES.size()];
    for (int i = ranks.rank(); i < losses.length; i += ranks.size()) {
      losses[i] = loss(set, i / PLACES.size(), PLACES.get(i % PLACES.size()));
    }
    return Arrays.stream(ranks.sum(losses)).reduce(0, Double::sum) / losses.length;
  }

  /** One at a time: it must not need more memory than training. */
  private double loss(ClipSet set, int example, double place) {
    long own =
        SubjectBatches.mix(SubjectBatches.mix(seed, example), Double.doubleToLongBits(place));
    try (Scope scope = Scope.open();
        var generator = torch.generator(own)) {
      Tensor latents = Ops.stack(0, List.of(set.latents(example)));
      float sigma = (float) pass.objective().shifted(place);
      Tensor text = Ops.stack(0, List.of(ClipBatches.padded(set.caption(example), words)));
      var one = Clips.of(latents, generator.randn(latents.shape()), new float[] {sigma}, text);
      return pass.loss(new ClipBatch(List.of(one))).total().item();
    }
  }
}
