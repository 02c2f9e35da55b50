package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A given beginning of a clip: its latents stand in for the first frame's at every step, and its
 * tokens are told that they hold no noise.
 *
 * @param latents normalised, {@code [clips, channels, 1, height, width]}
 * @param patch latents that make one token, in the order time, height, width
 */
record FirstFrame(Tensor latents, List<Integer> patch) {

  /** The clips with this beginning. */
  Tensor on(Tensor clips) {
    Tensor rest = clips.narrow(2, 1, clips.size(2) - 1);
    return Ops.concat(2, latents, rest);
  }

  /** A timestep per token {@code [clips, tokens]}, 0 for those of the first frame. */
  Tensor timesteps(Tensor clips, double timestep) {
    int perFrame = (int) (clips.size(3) / patch.get(1) * (clips.size(4) / patch.get(2)));
    int tokens = (int) (clips.size(2) / patch.get(0)) * perFrame;
    var times = new float[(int) clips.size(0) * tokens];
    for (int clip = 0; clip < clips.size(0); clip++) {
      Arrays.fill(times, clip * tokens + perFrame, (clip + 1) * tokens, (float) timestep);
    }
    return clips.torch().tensor(times, clips.size(0), tokens);
  }
}
