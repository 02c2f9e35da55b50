package dev.atelier.runtime.serve;

import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.sample.FinishedClip;
import java.util.List;
import java.util.Optional;

/** The model behind the API. */
public interface ServedModel {

  /** What requests call it. */
  String name();

  /** What requests leave open, and what they may ask for. */
  Terms terms();

  /**
   * Refuses what cannot be drawn: a size or length that the model has not, or that does not fit
   * into the memory there is, or a first frame that is no picture. Any thread may ask.
   *
   * @throws RequestProblem that names the field
   */
  void admit(Order order, Optional<byte[]> firstFrame);

  /**
   * Draws what was accepted, and judges it before it is written. One thread asks.
   *
   * @param firstFrame JPEG, PNG or WebP
   * @param shelf directory of the files below the store's root
   * @param stop asks to stop at the next step
   * @return what became of each clip, in their order
   * @throws dev.atelier.runtime.StageFailure.Checkpointed if it was stopped
   */
  List<FinishedClip> draw(
      Accepted accepted, Optional<byte[]> firstFrame, String shelf, StopRequest stop);
}
