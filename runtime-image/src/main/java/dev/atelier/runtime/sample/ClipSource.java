package dev.atelier.runtime.sample;

import dev.atelier.runtime.video.FrameSequence;
import dev.atelier.stage.SamplerInput;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** A model that draws clips. */
public interface ClipSource extends AutoCloseable {

  /** Does once what all these clips need, such as reading their prompts. */
  void prepare(List<PlannedPicture> clips);

  /**
   * Draws a clip.
   *
   * @param stepped told how many steps of the clip are done; what it throws ends the drawing
   * @param use works with the frames, which exist during the call; values that are not numbers mark
   *     a clip that failed
   */
  <R> R draw(PlannedPicture clip, IntConsumer stepped, Function<FrameSequence, R> use);

  /** How it denoises, with everything named. */
  SamplerInput sampler();

  /** Digest over all that decides how a planned clip comes out: weights, sampler, size, length. */
  String digest();

  /** How frames come to their size, for manifest and file. */
  String delivery();

  @Override
  void close();
}
