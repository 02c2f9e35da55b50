package dev.atelier.runtime.model.wan;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The timesteps of a clip's tokens. Few are different (one per clip, or also 0 for a given first
 * frame), so what is computed from them is computed once for each and laid out afterwards.
 *
 * @param values the different timesteps, float32 {@code [n]}
 * @param rows which of them each token has, int64 {@code [batch * tokens]}; none where every clip
 *     has one of its own
 * @param batch clips
 */
record TokenTimes(Tensor values, Optional<Tensor> rows, long batch) {

  /** Of timesteps {@code [batch]} or, per token, {@code [batch, tokens]}. */
  static TokenTimes of(Tensor timesteps) {
    long batch = timesteps.size(0);
    if (timesteps.shape().length == 1) {
      return new TokenTimes(timesteps, Optional.empty(), batch);
    }
    Torch torch = timesteps.torch();
    float[] all = timesteps.toFloats();
    int tokens = all.length / (int) batch;
    float[] first = new float[(int) batch];
    boolean uniform = true;
    for (int i = 0; i < all.length; i++) {
      first[i / tokens] = i % tokens == 0 ? all[i] : first[i / tokens];
      uniform &= all[i] == first[i / tokens];
    }
    if (uniform) {
      return new TokenTimes(torch.tensor(first, batch), Optional.empty(), batch);
    }
    Map<Float, Long> places = new LinkedHashMap<>();
    var rows = new long[all.length];
    for (int i = 0; i < all.length; i++) {
      long next = places.size();
      rows[i] = places.computeIfAbsent(all[i], value -> next);
    }
    var values = new float[places.size()];
    places.forEach((value, place) -> values[place.intValue()] = value);
    return new TokenTimes(
        torch.tensor(values, values.length), Optional.of(torch.tensor(rows, rows.length)), batch);
  }

  /** Inputs of a piece of the network that lays something out, together with what says how. */
  Tensor[] with(Tensor... inputs) {
    var all = new ArrayList<>(List.of(inputs));
    rows.ifPresent(all::add);
    return all.toArray(Tensor[]::new);
  }

  /** These timesteps with the rows that follow a piece's own inputs. */
  TokenTimes given(int own, Tensor... inputs) {
    return inputs.length > own ? new TokenTimes(values, Optional.of(inputs[own]), batch) : this;
  }

  /**
   * What was computed for each timestep, {@code [n, 1, width]}, as broadcasts over the tokens of
   * {@code [batch, tokens, width]}.
   */
  Tensor laidOut(Tensor computed) {
    return rows.map(places -> computed.select(0, places).reshape(batch, -1, computed.size(-1)))
        .orElse(computed);
  }
}
