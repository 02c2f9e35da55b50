package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.t5.T5Encoder;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.Clips;
import dev.atelier.runtime.train.FlowForward;

/** The flow-matching loss of text encoder and denoiser together. */
final class VideoLoss implements Descent.StepLoss {

  private final T5Encoder text;
  private final FlowForward denoiser;
  private final VideoBatches batches;
  private final int words;
  private final Tensor emptyCaption;

  /**
   * @param words tokens that the denoiser sees
   * @param emptyCaption ids of the empty caption, {@code [1, 1]}
   */
  VideoLoss(
      T5Encoder text, FlowForward denoiser, VideoBatches batches, int words, Tensor emptyCaption) {
    this.text = text;
    this.denoiser = denoiser;
    this.batches = batches;
    this.words = words;
    this.emptyCaption = emptyCaption;
  }

  @Override
  public Tensor at(int step) {
    var drawn = batches.batch(step);
    var clips = Clips.of(drawn.latents(), drawn.noise(), drawn.sigmas(), states(drawn));
    return denoiser.objective().errors(denoiser.predict(clips), clips).mean();
  }

  /** States of the captions, of the empty one where a caption is dropped, then zeros. */
  private Tensor states(VideoBatches.Drawn drawn) {
    var read = text.forward(drawn.ids());
    var empty = text.forward(emptyCaption);
    var dropped = drawn.captioned().mul(-1).add(1);
    return padded(read).mul(drawn.captioned()).add(padded(empty).mul(dropped));
  }

  private Tensor padded(Tensor states) {
    return Ops.pad(states, 0, 0, 0, words - states.size(1));
  }
}
